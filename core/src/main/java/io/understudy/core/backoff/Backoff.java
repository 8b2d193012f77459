package io.understudy.core.backoff;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The pause before a candidate is called again, growing exponentially up to a cap.
 *
 * <p>{@code ceiling(n) = min(maxDelay, baseDelay · exponentialBase^n)}, where n counts the calls already made. With the
 * defaults (100 ms, 5 s, 2):
 *
 * <table>
 * <caption>Ceilings</caption>
 * <tr><th>n</th><td>1</td><td>2</td><td>3</td><td>4</td><td>5</td><td>6</td><td>7</td></tr>
 * <tr><th>ms</th><td>200</td><td>400</td><td>800</td><td>1600</td><td>3200</td><td>5000</td><td>5000</td></tr>
 * </table>
 *
 * <p>The pause taken from a ceiling c, U uniform in [0, 1):
 *
 * <table>
 * <caption>Jitter</caption>
 * <tr><th>full</th><td>c · U</td></tr>
 * <tr><th>equal</th><td>c/2 + c/2 · U</td></tr>
 * <tr><th>decorrelated</th><td>min(maxDelay, baseDelay + (3 · max(previous, baseDelay) − baseDelay) · U)</td></tr>
 * <tr><th>none</th><td>c</td></tr>
 * <tr><th>factor f</th><td>c · (1 + f · U), thus possibly above maxDelay</td></tr>
 * </table>
 *
 * <p>Safe for every n: nothing overflows, the ceiling stays at the cap.
 *
 * @param baseDelay       the delay before growth
 * @param maxDelay        the cap
 * @param exponentialBase the growth from one call to the next, at least 1
 * @param jitter          how chance enters
 */
public record Backoff(Duration baseDelay, Duration maxDelay, double exponentialBase, Jitter jitter) {
    private static final Duration LONGEST = Duration.ofDays(1);

    public Backoff {
        check("baseDelay", baseDelay);
        check("maxDelay", maxDelay);
        if (!Double.isFinite(exponentialBase) || exponentialBase < 1) {
            throw new IllegalArgumentException(
                    "exponentialBase: " + exponentialBase + " (expected: a finite number >= 1)");
        }
    }

    private static void check(String name, Duration delay) {
        if (delay.isNegative() || delay.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(name + ": " + delay + " (expected: 0 to 24 h)");
        }
    }

    /** 100 ms, doubled up to 5 s, with full jitter. */
    public static Backoff defaults() {
        return new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5), 2, Jitter.full());
    }

    /** The same growth from another start. */
    public Backoff withBaseDelay(Duration delay) {
        return new Backoff(delay, maxDelay, exponentialBase, jitter);
    }

    /** The longest pause after n calls, before a {@link Jitter#factor factor} lengthens it. */
    public Duration ceiling(int n) {
        return Duration.ofNanos((long) ceilingNanos(n));
    }

    /**
     * The pause after n calls.
     *
     * @param n        the calls already made, at least 1
     * @param previous the pause before this one, zero if there was none
     * @param dice     where chance comes from
     */
    public Duration pause(int n, Duration previous, RandomGenerator dice) {
        return Duration.ofNanos(Math.round(pauseNanos(n, previous, dice)));
    }

    // Doubles hold a day in nanoseconds exactly, and grow to infinity instead of overflowing.
    private double ceilingNanos(int n) {
        if (n < 1) {
            throw new IllegalArgumentException("n: " + n + " (expected: >= 1)");
        }
        if (baseDelay.isZero()) {
            return 0;
        }
        return Math.min(nanos(maxDelay), nanos(baseDelay) * Math.pow(exponentialBase, n));
    }

    private double pauseNanos(int n, Duration previous, RandomGenerator dice) {
        double ceiling = ceilingNanos(n);
        if (jitter instanceof Jitter.None) {
            return ceiling;
        }
        double uniform = dice.nextDouble();
        if (jitter instanceof Jitter.Full) {
            return ceiling * uniform;
        }
        if (jitter instanceof Jitter.Equal) {
            return ceiling / 2 + ceiling / 2 * uniform;
        }
        if (jitter instanceof Jitter.Factor lengthening) {
            return ceiling * (1 + lengthening.factor() * uniform);
        }
        return decorrelatedNanos(previous, uniform);
    }

    private double decorrelatedNanos(Duration previous, double uniform) {
        double base = nanos(baseDelay);
        double upper = 3.0 * Math.max(base, nanos(previous));
        return Math.min(nanos(maxDelay), base + (upper - base) * uniform);
    }

    private static double nanos(Duration duration) {
        return (double) duration.toNanos();
    }
}
