package io.understudy.core.backoff;

/**
 * How chance enters a pause, so that many callers that failed together do not come back together. (Brooker,
 * <cite>Exponential Backoff And Jitter</cite>, AWS Architecture Blog 2015.)
 */
public sealed interface Jitter {
    /** The jitter that takes the pause uniformly from [0, ceiling]. */
    static Jitter full() {
        return new Full();
    }

    /** The jitter that takes half the ceiling, and the other half uniformly. */
    static Jitter equal() {
        return new Equal();
    }

    /** The jitter that takes the pause uniformly from [base delay, 3 · previous pause]. */
    static Jitter decorrelated() {
        return new Decorrelated();
    }

    /** No jitter: the ceiling itself. */
    static Jitter none() {
        return new None();
    }

    /** The jitter that lengthens the ceiling by a uniform share in [0, factor). */
    static Jitter factor(double factor) {
        return new Factor(factor);
    }

    /** See {@link Jitter#full()}. */
    record Full() implements Jitter {}

    /** See {@link Jitter#equal()}. */
    record Equal() implements Jitter {}

    /** See {@link Jitter#decorrelated()}. */
    record Decorrelated() implements Jitter {}

    /** See {@link Jitter#none()}. */
    record None() implements Jitter {}

    /**
     * See {@link Jitter#factor(double)}.
     *
     * @param factor the largest share, 0 to 10
     */
    record Factor(double factor) implements Jitter {
        public Factor {
            if (!(factor >= 0 && factor <= 10)) {
                throw new IllegalArgumentException("jitter: " + factor + " (expected: 0 to 10)");
            }
        }
    }
}
