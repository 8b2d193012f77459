package io.understudy.core.health;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How candidates' health is judged.
 *
 * @param consecutiveFailures how many counted failures in a row open a circuit, at least 1; default 5
 * @param openTime            how long it stays open the first time, twice as long when it opens again without having
 *     closed, and so on; default 10 s
 * @param maxOpenTime         the longest it stays open, and how long a probe may take before the next one is let
 *     through; default 60 s
 * @param cooldown            how long a rate-limited candidate cools down if it does not say how long; default 5 s
 * @param retryBudget         what limits retries of the same candidate, null for nothing
 */
public record HealthPolicy(
        int consecutiveFailures,
        Duration openTime,
        Duration maxOpenTime,
        Duration cooldown,
        @Nullable Budget retryBudget) {
    private static final Duration LONGEST = Duration.ofDays(1);

    public HealthPolicy {
        if (consecutiveFailures < 1) {
            throw new IllegalArgumentException("consecutiveFailures: " + consecutiveFailures + " (expected: >= 1)");
        }
        check("openTime", openTime);
        check("maxOpenTime", maxOpenTime);
        check("cooldown", cooldown);
    }

    private static void check(String name, Duration time) {
        if (time.isNegative() || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(name + ": " + time + " (expected: 0 to 24 h)");
        }
    }

    /** Every value at its default. */
    public static HealthPolicy defaults() {
        return new HealthPolicy(
                5, Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(5), Budget.defaults());
    }

    /**
     * What retries of one candidate may amount to, counted over the latest 10 s.
     *
     * @param percent      so many per hundred of its requests; default 20
     * @param minPerSecond and so many per second besides; default 3
     */
    public record Budget(double percent, double minPerSecond) {
        public Budget {
            check("percent", percent, 1_000);
            check("minPerSecond", minPerSecond, 1_000_000);
        }

        private static void check(String name, double value, int most) {
            if (!(value >= 0 && value <= most)) {
                throw new IllegalArgumentException(name + ": " + value + " (expected: 0 to " + most + ")");
            }
        }

        /** 20 % and 3 per second. */
        public static Budget defaults() {
            return new Budget(20, 3);
        }
    }
}
