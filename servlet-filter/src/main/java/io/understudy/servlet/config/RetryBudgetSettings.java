package io.understudy.servlet.config;

/**
 * How much of a candidate's load may be retries, {@code health.retryBudget}; beyond it a retry becomes a move to the
 * next candidate.
 *
 * @param percent of the candidate's requests over ten seconds (20)
 * @param minPerSecond retries per second that are free (3)
 */
public record RetryBudgetSettings(double percent, double minPerSecond) {
    /** The documented defaults. */
    public static RetryBudgetSettings defaults() {
        return new RetryBudgetSettings(20, 3);
    }
}
