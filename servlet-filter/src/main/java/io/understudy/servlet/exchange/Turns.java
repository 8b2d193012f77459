package io.understudy.servlet.exchange;

import io.understudy.core.candidate.Plan;
import io.understudy.core.failover.Attempt;
import io.understudy.core.failover.AttemptLease;
import io.understudy.core.failover.Failover;
import io.understudy.core.failover.FailoverSession;
import io.understudy.core.failover.Step;
import io.understudy.core.failure.ErrorFacts;
import io.understudy.core.failure.Failure;
import io.understudy.core.time.Deadline;
import io.understudy.servlet.affinity.Binding;
import java.time.Duration;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * The failover decision of one exchange. It is one session's; only a search for the provider that keeps what the request
 * refers to takes a session for each provider, and goes on to the next while they say that they do not have it.
 */
final class Turns {
    private final Failover failover;
    private final Deadline deadline;
    private final Duration attemptTimeout;
    private final Binding binding;
    private final Iterator<Plan> left;
    private FailoverSession session;
    private boolean missing;

    Turns(Failover failover, Asked asked, Deadline deadline, Duration attemptTimeout) {
        this.failover = failover;
        this.deadline = deadline;
        this.attemptTimeout = attemptTimeout;
        this.binding = asked.binding();
        this.left = binding.turns(failover.plan(asked.candidates())).iterator();
        this.session = next();
    }

    Step start() {
        return session.start();
    }

    Step resume() {
        return session.resume();
    }

    /** Takes a failure, and what the provider said of it, if anything. */
    Step failed(Attempt attempt, Failure failure, @Nullable ErrorFacts said) {
        Step step = session.failed(attempt, failure);
        missing = said != null && binding.isMissing(failure, said);
        if (step instanceof Step.GiveUp && missing && left.hasNext()) {
            session = next();
            return session.start();
        }
        return step;
    }

    AttemptLease succeeded(Attempt attempt) {
        return session.succeeded(attempt);
    }

    void cancelled() {
        session.cancelled();
    }

    /** Whether the latest failure says that the provider does not have what the request refers to. */
    boolean isMissing() {
        return missing;
    }

    private FailoverSession next() {
        return failover.begin(left.next(), deadline, attemptTimeout);
    }
}
