package io.understudy.core.health;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** The end of a cooldown. Cooldowns merge: {@code end = max(end, new end)}, so that none shortens another. */
final class CooldownClock {
    private final AtomicLong end;

    CooldownClock(long now) {
        end = new AtomicLong(now);
    }

    /** Begins a cooldown and tells when this one ends. */
    long begin(long now, Duration duration) {
        long until = now + duration.toNanos();
        end.accumulateAndGet(until, (one, other) -> one - other > 0 ? one : other);
        return until;
    }

    /** What is left of the longest one, 0 if all are over. */
    long remainingNanos(long now) {
        return Math.max(0, end.get() - now);
    }

    /** Whether one goes on that ends later than this. */
    boolean outlasts(long now, long until) {
        long present = end.get();
        return present - now > 0 && present - until > 0;
    }
}
