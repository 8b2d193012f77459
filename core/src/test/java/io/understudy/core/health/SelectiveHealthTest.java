package io.understudy.core.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.core.candidate.Candidate;
import io.understudy.core.failure.Failure;
import io.understudy.core.failure.FailureKind;
import io.understudy.core.time.FakeTicker;
import org.junit.jupiter.api.Test;

class SelectiveHealthTest {
    private static final Candidate FORGOTTEN = Candidate.of("forgotten", "m", 0);
    private static final Candidate KNOWN = Candidate.of("known", "m", 0);
    private static final Failure FAILURE = Failure.of(FailureKind.RATE_LIMITED, 429, "slow down");

    private final LocalHealth memory = new LocalHealth(HealthPolicy.defaults(), new FakeTicker());
    private final Health health = memory.except(candidate -> candidate.equals(FORGOTTEN));

    @Test
    void what_is_forgotten_may_always_be_called() {
        for (int i = 0; i < 20; i++) {
            Admission admission = health.admit(FORGOTTEN).orElseThrow();
            assertThat(admission.close(FAILURE)).isEqualTo(Verdict.UNCHANGED);
            assertThat(health.admitAgain(FORGOTTEN, admission)).isPresent();
            assertThat(health.admitAnyway(FORGOTTEN)).isPresent();
            assertThat(health.grantsRetry(FORGOTTEN)).isTrue();
        }
        assertThat(health.availability(FORGOTTEN)).isEqualTo(Availability.READY);
        assertThat(health.condition(FORGOTTEN)).isEqualTo(Condition.UNTROUBLED);
    }

    @Test
    void everybody_else_is_remembered_as_ever() {
        Admission admission = health.admit(KNOWN).orElseThrow();
        admission.close(FAILURE);
        assertThat(health.availability(KNOWN).state()).isEqualTo(Availability.State.COOLING);
        assertThat(health.admit(KNOWN)).isEmpty();
        assertThat(health.admitAgain(KNOWN, admission)).isPresent();
        assertThat(health.admitAnyway(KNOWN)).isPresent();
        assertThat(health.condition(KNOWN)).isEqualTo(memory.condition(KNOWN));
        boolean granted = true;
        for (int i = 0; i < 100; i++) {
            granted &= health.grantsRetry(KNOWN);
        }
        assertThat(granted).isFalse();
    }
}
