package io.understudy.core.failover;

import io.understudy.core.candidate.Candidate;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * A call that its maker performs himself, with whatever asynchronous client he has.
 *
 * @param <T> the answer
 */
@FunctionalInterface
public interface AsyncCall<T> {
    /**
     * Begins a call to this candidate. If its stage is a {@link java.util.concurrent.Future}, it is cancelled when the
     * caller leaves.
     *
     * @param timeout how long it may take; keeping to it is the call's own duty
     */
    CompletionStage<T> call(Candidate candidate, Duration timeout);
}
