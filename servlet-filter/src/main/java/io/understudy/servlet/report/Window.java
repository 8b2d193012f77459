package io.understudy.servlet.report;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The latest 512 durations of something, in milliseconds. Lock-free, 2 KiB; whoever reads while others write may see one
 * duration in the place of another.
 */
final class Window {
    private static final int SIZE = 512;

    private final AtomicLong count = new AtomicLong();
    private final AtomicIntegerArray millis = new AtomicIntegerArray(SIZE);

    void add(long duration) {
        int slot = (int) (count.getAndIncrement() % SIZE);
        millis.set(slot, (int) Math.min(duration, Integer.MAX_VALUE));
    }

    /** The quantiles by nearest rank: the smallest duration that at least p % are no longer than. Null if there is none. */
    @Nullable
    Quantiles quantiles() {
        int filled = (int) Math.min(count.get(), SIZE);
        if (filled == 0) {
            return null;
        }
        int[] sorted = new int[filled];
        Arrays.setAll(sorted, millis::get);
        Arrays.sort(sorted);
        return new Quantiles(rank(sorted, 50), rank(sorted, 99));
    }

    private static long rank(int[] sorted, int percent) {
        return sorted[(sorted.length * percent + 99) / 100 - 1];
    }
}
