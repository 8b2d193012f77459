package io.understudy.core.simulation;

import java.time.Duration;

/**
 * The times in which a provider is in trouble: for {@code length}, again and again, first at {@code first}.
 *
 * @param period the time from one beginning to the next
 */
record Trouble(Duration first, Duration period, Duration length) {
    /** From the first moment on, for good. */
    static Trouble always() {
        return new Trouble(Duration.ZERO, Duration.ofDays(1), Duration.ofDays(1));
    }

    /** Never. */
    static Trouble never() {
        return new Trouble(Duration.ofDays(1), Duration.ofDays(1), Duration.ZERO);
    }

    boolean isOn(long now) {
        return now >= first.toNanos() && sinceBeginning(now) < length.toNanos();
    }

    /** How long the one that is on goes on. */
    Duration remaining(long now) {
        return Duration.ofNanos(length.toNanos() - sinceBeginning(now));
    }

    /** When the latest one ended, 0 if none has. */
    long latestEnd(long now) {
        long since = now - first.toNanos() - length.toNanos();
        return since < 0 ? 0 : now - since % period.toNanos();
    }

    private long sinceBeginning(long now) {
        return (now - first.toNanos()) % period.toNanos();
    }
}
