package io.understudy.core.failover;

import io.understudy.core.candidate.Candidate;
import io.understudy.core.failure.Failure;
import io.understudy.core.health.CircuitState;
import io.understudy.core.health.Cooldown;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who is told what happens. Called on whichever thread reports the event, after the decision was made;
 * implementations are thread-safe, quick, and do not throw.
 */
public interface FailoverListener {
    /** The listener that does nothing. */
    static FailoverListener silent() {
        return new FailoverListener() {};
    }

    /**
     * An attempt has ended. Told once for each.
     *
     * @param failure what went wrong, null for a success; of kind {@code cancelled} when the caller went away
     */
    default void attemptJudged(Attempt attempt, @Nullable Failure failure) {}

    /** A candidate's circuit has changed. */
    default void circuitChanged(Candidate candidate, CircuitState circuit) {}

    /** A failure of this candidate has begun a cooldown, its own or its provider's. */
    default void cooldownBegan(Candidate candidate, Cooldown cooldown) {}
}
