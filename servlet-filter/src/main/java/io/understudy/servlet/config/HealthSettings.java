package io.understudy.servlet.config;

import io.understudy.core.health.HealthPolicy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of candidates that failed, {@code health}.
 *
 * @param enabled whether anything is (true)
 * @param consecutiveFailures counted failures in a row that open a candidate's circuit (5)
 * @param openTime how long it stays open, times the openings in a row (10 s)
 * @param maxOpenTime the most that this grows to (60 s); not below {@code openTime}
 * @param cooldown of a rate-limited candidate that did not say how long (5 s); may be zero
 * @param retryBudget the bound of retries; null: none
 */
public record HealthSettings(
        boolean enabled,
        int consecutiveFailures,
        Duration openTime,
        Duration maxOpenTime,
        Duration cooldown,
        @Nullable RetryBudgetSettings retryBudget) {

    /** The documented defaults. */
    public static HealthSettings defaults() {
        return new HealthSettings(
                true,
                5,
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                Duration.ofSeconds(5),
                RetryBudgetSettings.defaults());
    }

    /** The same for the core. */
    public HealthPolicy policy() {
        return new HealthPolicy(
                consecutiveFailures,
                openTime,
                maxOpenTime,
                cooldown,
                retryBudget == null
                        ? null
                        : new HealthPolicy.Budget(retryBudget.percent(), retryBudget.minPerSecond()));
    }
}
