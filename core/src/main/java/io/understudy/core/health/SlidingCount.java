package io.understudy.core.health;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How often something happened within the latest 10 s, in steps of one second. Lock-free; memory is ten slots, each a
 * second's number in the upper half and its count in the lower one.
 */
final class SlidingCount {
    static final int SECONDS = 10;

    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final int COUNT_BITS = 32;
    private static final long COUNT_MASK = (1L << COUNT_BITS) - 1;

    private final long origin;
    private final AtomicLongArray slots = new AtomicLongArray(SECONDS);

    SlidingCount(long origin) {
        this.origin = origin;
    }

    /** Counts, or with a negative number takes back what was counted at the same time. */
    void add(long now, int number) {
        int second = second(now);
        slots.updateAndGet(slot(second), packed -> {
            long count = secondOf(packed) == second ? packed & COUNT_MASK : 0;
            return ((long) second << COUNT_BITS) | (Math.max(0, count + number) & COUNT_MASK);
        });
    }

    long sum(long now) {
        int latest = second(now);
        long sum = 0;
        for (int i = 0; i < SECONDS; i++) {
            long packed = slots.get(i);
            int age = latest - secondOf(packed);
            sum += age >= 0 && age < SECONDS ? packed & COUNT_MASK : 0;
        }
        return sum;
    }

    /** Seconds since the origin, from 1, so that an empty slot belongs to no second of the window for long. */
    private int second(long now) {
        return (int) ((now - origin) / NANOS_PER_SECOND) + 1;
    }

    private static int secondOf(long packed) {
        return (int) (packed >>> COUNT_BITS);
    }

    private static int slot(int second) {
        return Math.floorMod(second, SECONDS);
    }
}
