package io.understudy.core.failover;

import io.understudy.core.candidate.Candidate;
import java.time.Duration;

/**
 * A call that its maker performs himself, with whatever client he has.
 *
 * @param <T> the answer
 */
@FunctionalInterface
public interface BlockingCall<T> {
    /**
     * Calls this candidate.
     *
     * @param timeout how long it may take; keeping to it is the call's own duty
     * @throws Exception whatever goes wrong; the {@link CallPolicy} tells what that is
     */
    T call(Candidate candidate, Duration timeout) throws Exception;
}
