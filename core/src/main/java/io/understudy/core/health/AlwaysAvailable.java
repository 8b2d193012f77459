package io.understudy.core.health;

import io.understudy.core.candidate.Candidate;
import java.util.Optional;

/** The health that remembers nothing: everybody may be called at any time. */
enum AlwaysAvailable implements Health {
    INSTANCE;

    private static final Optional<Admission> ADMITTED = Optional.of(failure -> Verdict.UNCHANGED);

    @Override
    public Availability availability(Candidate candidate) {
        return Availability.READY;
    }

    @Override
    public Condition condition(Candidate candidate) {
        return Condition.UNTROUBLED;
    }

    @Override
    public Optional<Admission> admit(Candidate candidate) {
        return ADMITTED;
    }

    @Override
    public Optional<Admission> admitAgain(Candidate candidate, Admission previous) {
        return ADMITTED;
    }

    @Override
    public Optional<Admission> admitAnyway(Candidate candidate) {
        return ADMITTED;
    }

    @Override
    public boolean grantsRetry(Candidate candidate) {
        return true;
    }
}
