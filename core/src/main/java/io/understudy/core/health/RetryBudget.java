package io.understudy.core.health;

/**
 * The retries that one candidate may still get: {@code percent} of its requests over 10 s plus {@code minPerSecond}. It
 * keeps a whole fleet of callers from multiplying the load on a candidate that is failing already. (Linkerd and Finagle,
 * <cite>Retry budgets</cite>; Google, <cite>Site Reliability Engineering</cite>, chapter 21.)
 */
final class RetryBudget {
    private final SlidingCount requests;
    private final SlidingCount retries;

    RetryBudget(long now) {
        requests = new SlidingCount(now);
        retries = new SlidingCount(now);
    }

    void requested(long now) {
        requests.add(now, 1);
    }

    /** Takes one retry; false if the budget is spent. Many threads together never take more than there is. */
    boolean take(long now, HealthPolicy.Budget budget) {
        double most = requests.sum(now) * budget.percent() / 100 + budget.minPerSecond() * SlidingCount.SECONDS;
        retries.add(now, 1);
        if (retries.sum(now) <= most) {
            return true;
        }
        retries.add(now, -1);
        return false;
    }
}
