package io.understudy.core.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.core.candidate.Candidate;
import io.understudy.core.failure.CooldownScope;
import io.understudy.core.failure.Failure;
import io.understudy.core.failure.FailureKind;
import io.understudy.core.health.Availability.State;
import io.understudy.core.time.FakeTicker;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LocalHealthTest {
    private static final Candidate A1 = candidate("a", "one");
    private static final Candidate A2 = candidate("a", "two");
    private static final Candidate B = candidate("b", "one");
    private static final Failure DOWN = Failure.of(FailureKind.SERVER_ERROR, 500, "down");
    private static final Failure LIMITED = Failure.of(FailureKind.RATE_LIMITED, 429, "limited");
    private static final Failure BROKE = Failure.of(FailureKind.QUOTA_EXHAUSTED, 402, "no credit");
    private static final Failure LOCKED_OUT = Failure.of(FailureKind.UNAUTHORIZED, 401, "bad key");
    private static final Failure REFUSED = Failure.of(FailureKind.BAD_REQUEST, 400, "bad");
    private static final Failure GONE = Failure.of(FailureKind.CANCELLED, "gone");

    private final FakeTicker ticker = new FakeTicker();
    private final LocalHealth health = new LocalHealth(HealthPolicy.defaults(), ticker);

    private static Candidate candidate(String provider, String model) {
        return new Candidate(provider, model, 1, 0, true, Set.of("chat"));
    }

    private Verdict end(Candidate candidate, @Nullable Failure failure) {
        return health.admit(candidate).orElseThrow().close(failure);
    }

    private void end(Candidate candidate, @Nullable Failure failure, int times) {
        for (int i = 0; i < times; i++) {
            end(candidate, failure);
        }
    }

    private Availability availability(Candidate candidate) {
        return health.availability(candidate);
    }

    private State state(Candidate candidate) {
        return availability(candidate).state();
    }

    private static Availability lasting(State state, long seconds) {
        return new Availability(state, Duration.ofSeconds(seconds));
    }

    @Test
    void whoever_has_never_been_called_is_ready() {
        assertThat(availability(A1)).isEqualTo(Availability.READY);
        assertThat(health.condition(A1)).isEqualTo(new Condition(CircuitState.CLOSED, Duration.ZERO, Duration.ZERO));
        assertThat(health.admit(A1)).isPresent();
    }

    @Test
    void a_rate_limit_cools_its_candidate_alone() {
        Verdict verdict = end(A1, LIMITED);
        assertThat(verdict)
                .isEqualTo(
                        new Verdict(true, null, new Cooldown(CooldownScope.CANDIDATE, Duration.ofSeconds(5), false)));
        assertThat(availability(A1)).isEqualTo(lasting(State.COOLING, 5));
        assertThat(health.admit(A1)).isEmpty();
        assertThat(availability(A2)).isEqualTo(Availability.READY);
        ticker.advance(Duration.ofSeconds(5));
        assertThat(availability(A1)).isEqualTo(Availability.READY);
    }

    @Test
    void a_wait_that_the_upstream_asks_for_is_never_broken() {
        end(A1, LIMITED.withRetryAfter(Duration.ofSeconds(9)));
        assertThat(availability(A1)).isEqualTo(lasting(State.HELD, 9));
        assertThat(health.admitAnyway(A1)).isEmpty();
        ticker.advance(Duration.ofSeconds(9));
        assertThat(health.admitAnyway(A1)).isPresent();
    }

    @Test
    void a_cooldown_of_our_own_reckoning_may_be_broken() {
        end(A1, LIMITED);
        assertThat(health.admitAnyway(A1)).isPresent();
    }

    @Test
    void an_exhausted_quota_and_a_bad_key_cool_the_whole_provider() {
        assertThat(end(A1, BROKE).cooldown())
                .isEqualTo(new Cooldown(CooldownScope.PROVIDER, Duration.ofMinutes(5), true));
        assertThat(availability(A1)).isEqualTo(lasting(State.HELD, 300));
        assertThat(availability(A2)).isEqualTo(lasting(State.HELD, 300));
        assertThat(health.admit(A2)).isEmpty();
        assertThat(health.admitAnyway(A2)).isEmpty();
        assertThat(availability(B)).isEqualTo(Availability.READY);
        assertThat(health.condition(A2))
                .isEqualTo(new Condition(CircuitState.CLOSED, Duration.ZERO, Duration.ofMinutes(5)));

        end(B, LOCKED_OUT);
        assertThat(availability(candidate("b", "other"))).isEqualTo(lasting(State.COOLING, 60));
        assertThat(health.admitAnyway(candidate("b", "other"))).isPresent();
    }

    @Test
    void a_candidate_that_is_held_stays_so_until_its_longest_cooldown_ends() {
        Admission first = health.admit(A1).orElseThrow();
        Admission second = health.admit(A1).orElseThrow();
        Admission third = health.admit(A2).orElseThrow();
        first.close(LIMITED.withRetryAfter(Duration.ofSeconds(2)));
        second.close(LIMITED);
        third.close(LOCKED_OUT);
        assertThat(availability(A1)).isEqualTo(lasting(State.HELD, 60));
        ticker.advance(Duration.ofSeconds(2));
        assertThat(availability(A1)).isEqualTo(lasting(State.COOLING, 58));
        assertThat(health.condition(A1))
                .isEqualTo(new Condition(CircuitState.CLOSED, Duration.ofSeconds(3), Duration.ofSeconds(58)));
    }

    @ParameterizedTest
    @EnumSource(names = {"OVERLOADED", "SERVER_ERROR", "REQUEST_TIMEOUT", "CONNECTION", "TIMEOUT", "BAD_ANSWER"})
    void five_counted_failures_in_a_row_open_the_circuit(FailureKind kind) {
        end(A1, Failure.of(kind, "failed"), 4);
        assertThat(state(A1)).isEqualTo(State.READY);
        assertThat(end(A1, Failure.of(kind, "failed"))).isEqualTo(new Verdict(false, CircuitState.OPEN, null));
        assertThat(availability(A1)).isEqualTo(lasting(State.OPEN, 10));
        assertThat(health.condition(A1).circuit()).isEqualTo(CircuitState.OPEN);
        assertThat(state(A2)).isEqualTo(State.READY);
    }

    @ParameterizedTest
    @EnumSource(names = {"UNAVAILABLE", "CONTEXT_OVERFLOW", "TRANSIENT_400", "CANCELLED"})
    void failures_that_say_nothing_neither_trip_nor_reset_it(FailureKind kind) {
        end(A1, Failure.of(kind, 404, "failed"), 20);
        end(A1, DOWN, 4);
        end(A1, Failure.of(kind, 404, "failed"));
        assertThat(end(A1, DOWN).circuit()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void a_rate_limit_neither_trips_nor_resets_it() {
        end(A1, DOWN, 4);
        for (int i = 0; i < 10; i++) {
            end(A1, LIMITED);
            ticker.advance(Duration.ofSeconds(5));
        }
        assertThat(state(A1)).isEqualTo(State.READY);
        assertThat(end(A1, DOWN).circuit()).isEqualTo(CircuitState.OPEN);
    }

    @Test
    void a_stale_connection_blames_nobody() {
        end(A1, Failure.staleConnection(true, null), 20);
        assertThat(state(A1)).isEqualTo(State.READY);
    }

    @Test
    void a_success_or_an_answer_that_proves_life_resets_it() {
        end(A1, DOWN, 4);
        end(A1, null);
        end(A1, DOWN, 4);
        end(A1, REFUSED);
        end(A1, DOWN, 4);
        assertThat(state(A1)).isEqualTo(State.READY);
    }

    @Test
    void after_its_time_one_probe_decides() {
        end(A1, DOWN, 5);
        ticker.advance(Duration.ofSeconds(10));
        assertThat(state(A1)).isEqualTo(State.READY);
        Admission probe = health.admit(A1).orElseThrow();
        assertThat(state(A1)).isEqualTo(State.PROBING);
        assertThat(health.condition(A1).circuit()).isEqualTo(CircuitState.HALF_OPEN);
        assertThat(health.admit(A1)).isEmpty();
        assertThat(probe.close(DOWN)).isEqualTo(new Verdict(false, CircuitState.OPEN, null));
        assertThat(availability(A1)).isEqualTo(lasting(State.OPEN, 20));

        ticker.advance(Duration.ofSeconds(20));
        assertThat(end(A1, REFUSED).circuit()).isEqualTo(CircuitState.CLOSED);
        assertThat(state(A1)).isEqualTo(State.READY);
    }

    @Test
    void a_probe_that_says_nothing_is_not_retried_and_gives_its_slot_back() {
        end(A1, DOWN, 5);
        ticker.advance(Duration.ofSeconds(10));
        assertThat(end(A1, GONE)).isEqualTo(new Verdict(false, null, null));
        assertThat(state(A1)).isEqualTo(State.READY);
        assertThat(health.admit(A1)).isPresent();
        assertThat(health.admit(A1)).isEmpty();
    }

    @Test
    void an_open_circuit_may_be_broken_and_a_success_then_closes_it() {
        end(A1, DOWN, 5);
        Admission anyway = health.admitAnyway(A1).orElseThrow();
        assertThat(anyway.close(null).circuit()).isEqualTo(CircuitState.CLOSED);
        assertThat(state(A1)).isEqualTo(State.READY);
    }

    @Test
    void an_open_circuit_in_a_cooldown_is_told_with_the_longer_of_both() {
        Admission late = health.admit(A1).orElseThrow();
        end(A1, DOWN, 5);
        late.close(LIMITED.withRetryAfter(Duration.ofSeconds(30)));
        assertThat(availability(A1)).isEqualTo(lasting(State.HELD, 30));

        Admission other = health.admit(B).orElseThrow();
        end(B, DOWN, 5);
        other.close(LOCKED_OUT);
        assertThat(availability(B)).isEqualTo(lasting(State.OPEN, 60));
        ticker.advance(Duration.ofSeconds(10));
        assertThat(availability(B)).isEqualTo(lasting(State.COOLING, 50));
        assertThat(health.admit(B)).isEmpty();
    }

    @Test
    void a_half_open_circuit_in_a_cooldown_keeps_its_probe_until_that_is_over() {
        end(A1, DOWN, 5);
        ticker.advance(Duration.ofSeconds(10));
        end(A1, LIMITED);
        assertThat(state(A1)).isEqualTo(State.COOLING);
        ticker.advance(Duration.ofSeconds(5));
        assertThat(health.admit(A1)).isPresent();
        assertThat(state(A1)).isEqualTo(State.PROBING);
    }

    @Test
    void the_first_judgement_of_a_call_counts() {
        Admission admission = health.admit(A1).orElseThrow();
        admission.close(null);
        assertThat(admission.close(BROKE)).isEqualTo(Verdict.UNCHANGED);
        assertThat(state(A1)).isEqualTo(State.READY);
    }

    @Test
    void a_retry_is_not_held_up_by_the_cooldown_that_its_own_call_caused() {
        Admission own = health.admit(A1).orElseThrow();
        own.close(LIMITED.withRetryAfter(Duration.ofSeconds(2)));
        assertThat(health.admit(A1)).isEmpty();
        assertThat(health.admitAgain(A1, own)).isPresent();
    }

    @Test
    void a_second_retry_is_not_held_up_by_any_cooldown_that_the_exchange_caused() {
        Admission first = health.admit(A1).orElseThrow();
        first.close(LIMITED.withRetryAfter(Duration.ofSeconds(4)));
        Admission second = health.admitAgain(A1, first).orElseThrow();
        second.close(LIMITED.withRetryAfter(Duration.ofSeconds(2)));
        Admission third = health.admitAgain(A1, second).orElseThrow();
        third.close(LOCKED_OUT);
        assertThat(health.admitAgain(A1, third)).isPresent();
        assertThat(health.admitAgain(A1, second)).isEmpty();
    }

    @Test
    void a_retry_is_held_up_by_a_longer_cooldown_that_another_call_caused() {
        Admission own = health.admit(A1).orElseThrow();
        Admission other = health.admit(A1).orElseThrow();
        own.close(LIMITED.withRetryAfter(Duration.ofSeconds(2)));
        other.close(LIMITED.withRetryAfter(Duration.ofSeconds(3)));
        assertThat(health.admitAgain(A1, own)).isEmpty();
        assertThat(health.admitAgain(A1, other)).isPresent();
        ticker.advance(Duration.ofSeconds(3));
        assertThat(health.admitAgain(A1, own)).isPresent();
    }

    @Test
    void a_retry_is_held_up_by_another_kind_of_cooldown_even_a_shorter_one() {
        Admission own = health.admit(A1).orElseThrow();
        Admission other = health.admit(A1).orElseThrow();
        own.close(LIMITED);
        other.close(LIMITED.withRetryAfter(Duration.ofSeconds(3)));
        assertThat(health.admitAgain(A1, own)).isEmpty();
        assertThat(health.admitAgain(A1, other)).isEmpty();
        ticker.advance(Duration.ofSeconds(3));
        assertThat(health.admitAgain(A1, own)).isPresent();
    }

    @Test
    void a_retry_is_held_up_by_a_cooldown_of_the_provider_that_another_call_caused() {
        Admission own = health.admit(A1).orElseThrow();
        own.close(LIMITED);
        end(A2, LOCKED_OUT);
        assertThat(health.admitAgain(A1, own)).isEmpty();
    }

    @Test
    void a_retry_without_a_cooldown_of_its_own_is_held_up_by_any() {
        Admission own = health.admit(A1).orElseThrow();
        own.close(DOWN);
        assertThat(health.admitAgain(A1, own)).isPresent();
        end(A1, LIMITED);
        assertThat(health.admitAgain(A1, own)).isEmpty();
    }

    @Test
    void a_retry_is_held_up_by_a_circuit_that_others_have_opened() {
        Admission own = health.admit(A1).orElseThrow();
        own.close(DOWN);
        end(A1, DOWN, 4);
        assertThat(health.admitAgain(A1, own)).isEmpty();
    }

    @Test
    void a_retry_after_a_strangers_admission_is_held_up_by_any_cooldown() {
        Admission stranger = failure -> Verdict.UNCHANGED;
        assertThat(health.admitAgain(A1, stranger)).isPresent();
        end(A1, LIMITED);
        assertThat(health.admitAgain(A1, stranger)).isEmpty();
    }

    @Test
    void retries_are_granted_within_the_candidates_own_budget() {
        for (int i = 0; i < 30; i++) {
            assertThat(health.grantsRetry(A1)).isTrue();
        }
        assertThat(health.grantsRetry(A1)).isFalse();
        assertThat(health.grantsRetry(A2)).isTrue();
        // Five requests are worth one retry, however they are admitted; a retry is no request.
        end(A1, null, 4);
        health.admitAgain(A1, health.admit(A2).orElseThrow());
        assertThat(health.grantsRetry(A1)).isFalse();
        health.admitAnyway(A1);
        assertThat(health.grantsRetry(A1)).isTrue();
        assertThat(health.grantsRetry(A1)).isFalse();
    }

    @Test
    void without_a_budget_every_retry_is_granted() {
        HealthPolicy defaults = HealthPolicy.defaults();
        LocalHealth generous = new LocalHealth(
                new HealthPolicy(5, defaults.openTime(), defaults.maxOpenTime(), defaults.cooldown(), null), ticker);
        for (int i = 0; i < 1_000; i++) {
            assertThat(generous.grantsRetry(A1)).isTrue();
        }
    }

    @Test
    void offers_that_differ_in_weight_and_priority_share_one_health() {
        end(A1, LIMITED);
        Candidate sameElsewhere = new Candidate("a", "one", 70, 3, true, Set.of("responses"));
        assertThat(health.availability(sameElsewhere).state()).isEqualTo(State.COOLING);
    }

    @Test
    void a_successor_shares_what_is_known_of_the_unchanged_and_forgets_the_others() {
        Admission underWay = health.admit(A1).orElseThrow();
        end(A2, LIMITED);
        end(B, LIMITED);
        LocalHealth successor = health.successor(HealthPolicy.defaults(), List.of(A1, A2));
        assertThat(successor.availability(A2)).isEqualTo(lasting(State.COOLING, 5));
        assertThat(successor.availability(B)).isEqualTo(Availability.READY);

        underWay.close(BROKE);
        assertThat(successor.availability(A2)).isEqualTo(lasting(State.HELD, 300));
        assertThat(successor.availability(candidate("a", "new"))).isEqualTo(lasting(State.HELD, 300));
        assertThat(successor.admit(candidate("a", "new"))).isEmpty();
    }

    @Test
    void a_successor_carries_a_providers_cooldown_over_to_a_candidate_never_called() {
        end(A1, BROKE);
        LocalHealth successor = health.successor(HealthPolicy.defaults(), List.of(A2));
        assertThat(successor.availability(A2)).isEqualTo(lasting(State.HELD, 300));
        assertThat(successor.availability(A1)).isEqualTo(lasting(State.HELD, 300));
    }

    @Test
    void a_successor_judges_by_its_own_policy() {
        end(A1, DOWN);
        HealthPolicy strict =
                new HealthPolicy(2, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1), null);
        LocalHealth successor = health.successor(strict, List.of(A1, B));
        assertThat(successor.admit(A1).orElseThrow().close(DOWN).circuit()).isEqualTo(CircuitState.OPEN);
        assertThat(successor.availability(A1)).isEqualTo(lasting(State.OPEN, 1));
        assertThat(successor.availability(B)).isEqualTo(Availability.READY);
    }

    @Test
    void memory_is_bounded_and_the_untroubled_are_forgotten_first() {
        for (int i = 0; i < 50; i++) {
            end(candidate("cooling" + i, "m"), BROKE);
            end(candidate("open" + i, "m"), DOWN, 5);
        }
        for (int i = 0; i < 30_000; i++) {
            end(candidate("p" + i, "m"), null);
        }
        assertThat(health.size()).isLessThanOrEqualTo(20_000);
        for (int i = 0; i < 50; i++) {
            assertThat(state(candidate("cooling" + i, "m"))).isEqualTo(State.HELD);
            assertThat(state(candidate("cooling" + i, "other"))).isEqualTo(State.HELD);
            assertThat(state(candidate("open" + i, "m"))).isEqualTo(State.OPEN);
        }
    }

    @Test
    void nobody_is_forgotten_before_there_is_need() {
        for (int i = 0; i < 10_000; i++) {
            end(candidate("p" + i, "m"), DOWN);
        }
        assertThat(health.size()).isEqualTo(20_000);
    }

    @Test
    void memory_is_bounded_even_if_everybody_is_in_trouble() {
        for (int i = 0; i < 30_000; i++) {
            end(candidate("p" + i, "m"), BROKE);
        }
        assertThat(health.size()).isBetween(18_000, 20_000);
        assertThat(state(candidate("p29999", "m"))).isEqualTo(State.HELD);
    }

    @Test
    void looking_at_a_stranger_remembers_nothing() {
        health.availability(A1);
        health.condition(A1);
        assertThat(health.size()).isZero();
    }

    @Test
    void health_that_is_switched_off_admits_everybody_and_remembers_nothing() {
        Health off = Health.alwaysAvailable();
        for (int i = 0; i < 100; i++) {
            Optional<Admission> admission = off.admit(A1);
            assertThat(admission.orElseThrow().close(BROKE)).isEqualTo(Verdict.UNCHANGED);
            assertThat(off.grantsRetry(A1)).isTrue();
        }
        assertThat(off.availability(A1)).isEqualTo(Availability.READY);
        assertThat(off.condition(A1)).isEqualTo(Condition.UNTROUBLED);
        assertThat(off.admitAnyway(A1)).isPresent();
        assertThat(off.admitAgain(A1, off.admit(A1).orElseThrow())).isPresent();
    }
}
