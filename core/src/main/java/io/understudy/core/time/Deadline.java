package io.understudy.core.time;

import java.time.Duration;

/**
 * A point on a {@link Ticker}'s time line after which nothing is begun any more.
 *
 * @param atNanos the ticker's reading at that point
 */
public record Deadline(long atNanos) {
    /** The farthest a deadline can lie ahead and still be compared by difference: about 146 years. */
    private static final Duration FARTHEST = Duration.ofNanos(Long.MAX_VALUE / 2);

    /** The deadline that lies {@code duration} ahead of the ticker's present reading; a negative one has passed. */
    public static Deadline after(Duration duration, Ticker ticker) {
        Duration ahead = duration.compareTo(FARTHEST) < 0 ? duration : FARTHEST;
        Duration bounded = ahead.isNegative() ? Duration.ZERO : ahead;
        return new Deadline(ticker.nanos() + bounded.toNanos());
    }

    /** The time left, zero when the deadline has passed. */
    public Duration remaining(Ticker ticker) {
        return Duration.ofNanos(Math.max(0, atNanos - ticker.nanos()));
    }

    /** Whether no time is left. */
    public boolean passed(Ticker ticker) {
        return atNanos - ticker.nanos() <= 0;
    }
}
