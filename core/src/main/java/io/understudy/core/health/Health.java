package io.understudy.core.health;

import io.understudy.core.candidate.Candidate;
import java.util.Optional;
import java.util.function.Predicate;

/** What is remembered of candidates from request to request: who may be called now. Implementations are thread-safe. */
public interface Health {
    /** The health that remembers nothing: everybody may be called at any time. */
    static Health alwaysAvailable() {
        return AlwaysAvailable.INSTANCE;
    }

    /** This health, which remembers nothing of some candidates: those may be called at any time. */
    default Health except(Predicate<? super Candidate> forgotten) {
        return new SelectiveHealth(this, forgotten);
    }

    /** Whether the candidate can be called now, or what is in the way; changes nothing. */
    Availability availability(Candidate candidate);

    /** How the candidate stands, for people to look at; changes nothing. */
    Condition condition(Candidate candidate);

    /** The right to call a candidate, empty when it is not {@linkplain Availability.State#READY ready}. */
    Optional<Admission> admit(Candidate candidate);

    /**
     * The right to call a candidate once more in the exchange whose previous admission, already closed, is given. The
     * cooldowns that this previous call, and the ones that it repeated, have caused are not in the way.
     */
    Optional<Admission> admitAgain(Candidate candidate, Admission previous);

    /** The right to call a candidate although it is not ready, empty when it is {@linkplain Availability.State#HELD held}. */
    Optional<Admission> admitAnyway(Candidate candidate);

    /** Takes one retry of this candidate out of its budget; false when the budget is spent. */
    boolean grantsRetry(Candidate candidate);
}
