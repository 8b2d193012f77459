package io.understudy.core.time;

/**
 * A source of monotonic time, in nanoseconds. Only differences mean anything; the values may be negative and overflow,
 * so compare with {@code a - b < 0}. Core reads no other clock. Implementations are thread-safe.
 */
@FunctionalInterface
public interface Ticker {
    /** The current reading, in nanoseconds since an arbitrary origin. */
    long nanos();

    /** The JVM's own monotonic clock, {@link System#nanoTime()}. */
    static Ticker system() {
        return System::nanoTime;
    }
}
