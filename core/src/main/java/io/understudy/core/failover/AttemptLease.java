package io.understudy.core.failover;

import io.understudy.core.failure.Failure;
import io.understudy.core.failure.FailureKind;
import io.understudy.core.health.Admission;
import io.understudy.core.health.Verdict;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * An attempt that has not been judged yet. It is closed in one of three ways; the first one counts, later ones do
 * nothing. Whoever holds it must close it. Thread-safe.
 */
public final class AttemptLease {
    private final Attempt attempt;
    private final Admission admission;
    private final FailoverListener listener;
    private final AtomicBoolean closed = new AtomicBoolean();

    AttemptLease(Attempt attempt, Admission admission, FailoverListener listener) {
        this.attempt = attempt;
        this.admission = admission;
        this.listener = listener;
    }

    /** The attempt this is about. */
    public Attempt attempt() {
        return attempt;
    }

    /** The answer is complete. */
    public void completed() {
        close(null);
    }

    /** The answer broke off. */
    public void broken(Failure failure) {
        close(failure);
    }

    /** The caller went away: nobody is blamed, and a probe gives its slot back. */
    public void cancelled() {
        close(Failure.of(FailureKind.CANCELLED, "the caller went away"));
    }

    Verdict close(@Nullable Failure failure) {
        if (!closed.compareAndSet(false, true)) {
            return Verdict.UNCHANGED;
        }
        Verdict verdict = admission.close(failure);
        tell(verdict, failure);
        return verdict;
    }

    private void tell(Verdict verdict, @Nullable Failure failure) {
        listener.attemptJudged(attempt, failure);
        if (verdict.circuit() != null) {
            listener.circuitChanged(attempt.candidate(), verdict.circuit());
        }
        if (verdict.cooldown() != null) {
            listener.cooldownBegan(attempt.candidate(), verdict.cooldown());
        }
    }
}
