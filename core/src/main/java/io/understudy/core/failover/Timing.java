package io.understudy.core.failover;

import io.understudy.core.backoff.Backoff;
import io.understudy.core.failure.Failure;
import io.understudy.core.failure.FailureKind;
import io.understudy.core.time.Deadline;
import java.time.Duration;

/** How long the attempts and pauses of one exchange last. */
final class Timing {
    private static final Duration TRANSIENT_BASE_DELAY = Duration.ofMillis(250);

    /** How many of the candidates to come have a tenth of the time reserved. */
    static final int MOST_RESERVES = 5;

    private final Parts parts;
    private final Deadline deadline;
    private final Duration attemptTimeout;
    private int calls;
    private Duration previousPause = Duration.ZERO;
    private boolean waited;

    Timing(Parts parts, Deadline deadline, Duration attemptTimeout) {
        this.parts = parts;
        this.deadline = deadline;
        this.attemptTimeout = attemptTimeout;
    }

    boolean isOver() {
        return deadline.passed(parts.ticker());
    }

    /** Whether the deadline still lies ahead when this time has passed. */
    boolean fits(Duration wait) {
        return wait.compareTo(deadline.remaining(parts.ticker())) < 0;
    }

    /** Notes a call, for the pauses to grow with. */
    void called() {
        calls++;
    }

    boolean hasCalled() {
        return calls > 0;
    }

    /** How long an attempt may take, so that a tenth of what remains is left for each candidate to come. */
    Duration timeout(int toCome) {
        Duration remaining = deadline.remaining(parts.ticker());
        if (toCome == 0) {
            return remaining;
        }
        Duration withoutReserve = Duration.ofNanos(remaining.toNanos() / 10 * (10 - toCome));
        return attemptTimeout.compareTo(withoutReserve) < 0 ? attemptTimeout : withoutReserve;
    }

    /** Whether an upstream asks for a longer wait than is ever waited out. */
    boolean asksTooMuch(Failure failure) {
        return failure.retryAfter() != null
                && failure.retryAfter().compareTo(parts.policy().maxRetryAfter()) > 0;
    }

    /** The pause before a candidate is called again that has been called {@code tries} times. */
    Duration beforeRetry(int tries, Failure failure) {
        boolean passing = failure.kind() == FailureKind.TRANSIENT_400;
        Backoff usual = parts.policy().backoff();
        Backoff backoff = passing ? usual.withBaseDelay(TRANSIENT_BASE_DELAY) : usual;
        Duration pause = pause(backoff, parts.policy().delayOnSwitch() ? calls : tries);
        Duration floor = failure.retryAfter() == null ? Duration.ZERO : failure.retryAfter();
        return pause.compareTo(floor) < 0 ? floor : pause;
    }

    /** The pause before another candidate is called; zero if there is none or it would outlast the deadline. */
    Duration beforeSwitch() {
        if (!parts.policy().delayOnSwitch()) {
            return Duration.ZERO;
        }
        Duration pause = pause(parts.policy().backoff(), calls);
        return fits(pause) ? pause : Duration.ZERO;
    }

    private Duration pause(Backoff backoff, int n) {
        previousPause = backoff.pause(n, previousPause, parts.dice().get());
        return previousPause;
    }

    /** Whether to wait until a cooldown ends; true once in an exchange at most. */
    boolean isWorthWaiting(Duration cooldown) {
        if (waited || !fits(cooldown)) {
            return false;
        }
        waited = cooldown.compareTo(parts.policy().maxRetryAfter()) <= 0;
        return waited;
    }
}
