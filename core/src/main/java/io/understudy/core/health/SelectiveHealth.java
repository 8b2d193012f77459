package io.understudy.core.health;

import io.understudy.core.candidate.Candidate;
import java.util.Optional;
import java.util.function.Predicate;

/** A health that remembers nothing of some candidates. Thread-safe if the other health and the predicate are. */
record SelectiveHealth(Health others, Predicate<? super Candidate> forgotten) implements Health {
    private Health of(Candidate candidate) {
        return forgotten.test(candidate) ? Health.alwaysAvailable() : others;
    }

    @Override
    public Availability availability(Candidate candidate) {
        return of(candidate).availability(candidate);
    }

    @Override
    public Condition condition(Candidate candidate) {
        return of(candidate).condition(candidate);
    }

    @Override
    public Optional<Admission> admit(Candidate candidate) {
        return of(candidate).admit(candidate);
    }

    @Override
    public Optional<Admission> admitAgain(Candidate candidate, Admission previous) {
        return of(candidate).admitAgain(candidate, previous);
    }

    @Override
    public Optional<Admission> admitAnyway(Candidate candidate) {
        return of(candidate).admitAnyway(candidate);
    }

    @Override
    public boolean grantsRetry(Candidate candidate) {
        return of(candidate).grantsRetry(candidate);
    }
}
