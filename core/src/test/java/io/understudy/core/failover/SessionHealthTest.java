package io.understudy.core.failover;

import static io.understudy.core.failover.Script.candidate;
import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.core.backoff.Backoff;
import io.understudy.core.backoff.Jitter;
import io.understudy.core.candidate.Candidate;
import io.understudy.core.candidate.Plan;
import io.understudy.core.failure.Failure;
import io.understudy.core.failure.FailureKind;
import io.understudy.core.failure.ReactionTable;
import io.understudy.core.health.Availability;
import io.understudy.core.health.Availability.State;
import io.understudy.core.health.CircuitState;
import io.understudy.core.health.HealthPolicy;
import io.understudy.core.health.LocalHealth;
import io.understudy.core.time.Deadline;
import io.understudy.core.time.FakeTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a session heeds what is remembered of the candidates, and what it adds to that. */
class SessionHealthTest {
    private static final Candidate A = candidate("a");
    private static final Candidate B = candidate("b");
    private static final Candidate C = candidate("c");
    private static final Failure DOWN = Failure.of(FailureKind.SERVER_ERROR, 500, "down");
    private static final Failure LATE = Failure.of(FailureKind.TIMEOUT, "late");
    private static final Failure LIMITED = Failure.of(FailureKind.RATE_LIMITED, 429, "limited");
    private static final Failure BROKE = Failure.of(FailureKind.QUOTA_EXHAUSTED, 402, "no credit");

    private final FakeTicker ticker = new FakeTicker();
    private final LocalHealth health = new LocalHealth(HealthPolicy.defaults(), ticker);
    private final List<String> told = new ArrayList<>();
    private int retries = 1;
    private boolean delayOnSwitch;
    private Duration exchange = Duration.ofMinutes(10);

    private Failover failover() {
        Backoff plain = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5), 2, Jitter.none());
        FailoverPolicy policy = new FailoverPolicy(
                3, retries, plain, Duration.ofSeconds(3), delayOnSwitch, true, ReactionTable.defaults(), Map.of());
        FailoverListener listener = new FailoverListener() {
            @Override
            public void attemptJudged(Attempt attempt, @Nullable Failure failure) {
                told.add(attempt.candidate().provider()
                        + (failure == null ? " fine" : " " + failure.kind().label()));
            }

            @Override
            public void circuitChanged(Candidate candidate, CircuitState circuit) {
                told.add(candidate.provider() + " " + circuit);
            }
        };
        return new Failover(policy, health, ticker, () -> new Random(1), listener);
    }

    private FailoverSession session(Candidate... plan) {
        Deadline deadline = Deadline.after(exchange, ticker);
        return failover().begin(new Plan(List.of(plan)), deadline, Duration.ofMinutes(2));
    }

    private Script run(Function<Attempt, @Nullable Failure> upstream, Candidate... plan) {
        return new Script(ticker, Duration.ZERO, upstream).run(session(plan));
    }

    private static Function<Attempt, @Nullable Failure> failing(String providers, Failure failure) {
        return attempt -> providers.contains(attempt.candidate().provider()) ? failure : null;
    }

    private static Function<Attempt, @Nullable Failure> inTurn(@Nullable Failure... failures) {
        return attempt -> failures[attempt.id() - 1];
    }

    /** What another exchange has met. */
    private void met(Candidate candidate, Failure failure) {
        health.admitAnyway(candidate).orElseThrow().close(failure);
    }

    private void opened(Candidate candidate) {
        for (int i = 0; i < 5; i++) {
            met(candidate, DOWN);
        }
    }

    private static Attempt attempt(Step step) {
        assertThat(step).isInstanceOf(Step.Call.class);
        return ((Step.Call) step).attempt();
    }

    @Test
    void candidates_that_cannot_be_called_now_go_behind_the_others() {
        met(A, LIMITED);
        opened(B);
        Random dice = new Random(4);
        Failover failover =
                new Failover(FailoverPolicy.defaults(), health, ticker, () -> dice, FailoverListener.silent());
        for (int i = 0; i < 50; i++) {
            List<Candidate> plan = failover.plan(List.of(A, B, C)).candidates();
            assertThat(plan).hasSize(3).startsWith(C).contains(A, B);
        }
        assertThat(run(failing("", DOWN), A, B, C).lines()).containsExactly("c", "ok");
    }

    @Test
    void a_retry_is_not_held_up_by_the_cooldown_that_the_exchange_caused_itself() {
        assertThat(run(inTurn(LIMITED, null), A).lines()).containsExactly("a", "200ms", "a", "ok");
        assertThat(health.availability(A).state()).isEqualTo(State.COOLING);
        Failure wait = LIMITED.withRetryAfter(Duration.ofSeconds(2));
        assertThat(run(inTurn(wait, null), B).lines()).containsExactly("b", "2000ms", "b", "ok");
    }

    @Test
    void a_failure_that_opens_the_circuit_is_not_retried() {
        for (int i = 0; i < 4; i++) {
            met(A, DOWN);
        }
        assertThat(run(failing("a", DOWN), A, B).lines()).containsExactly("a", "b", "ok");
        assertThat(told).containsExactly("a server_error", "a OPEN");
    }

    @Test
    void a_failed_probe_is_not_retried() {
        opened(A);
        ticker.advance(Duration.ofSeconds(10));
        assertThat(run(failing("a", DOWN), A, B).lines()).containsExactly("a", "b", "ok");
        assertThat(health.availability(A)).isEqualTo(new Availability(State.OPEN, Duration.ofSeconds(20)));
    }

    @Test
    void a_rate_limited_probe_is_not_retried_either() {
        opened(A);
        ticker.advance(Duration.ofSeconds(10));
        assertThat(run(failing("a", LIMITED), A, B).lines()).containsExactly("a", "b", "ok");
    }

    @Test
    void a_probe_on_a_stale_connection_is_tried_afresh_and_stays_the_probe() {
        opened(A);
        ticker.advance(Duration.ofSeconds(10));
        Script script = run(inTurn(Failure.staleConnection(false, null), null), A, B);
        assertThat(script.lines()).containsExactly("a", "a", "ok");
        assertThat(health.availability(A).state()).isEqualTo(State.PROBING);
        script.lease().completed();
        assertThat(health.availability(A).state()).isEqualTo(State.READY);
    }

    @Test
    void a_probe_is_judged_when_its_lease_closes_not_at_the_commit_point() {
        opened(A);
        ticker.advance(Duration.ofSeconds(10));
        AttemptLease lease = run(failing("", DOWN), A).lease();
        assertThat(told).isEmpty();
        assertThat(health.availability(A).state()).isEqualTo(State.PROBING);
        lease.broken(Failure.of(FailureKind.CONNECTION, "cut"));
        assertThat(told).containsExactly("a connection", "a OPEN");
    }

    @Test
    void streams_that_always_break_half_way_open_the_circuit() {
        for (int i = 0; i < 5; i++) {
            run(failing("", DOWN), A).lease().broken(Failure.of(FailureKind.CONNECTION, "cut"));
        }
        assertThat(health.availability(A).state()).isEqualTo(State.OPEN);
    }

    @Test
    void a_caller_that_leaves_gives_the_probes_slot_back() {
        opened(A);
        ticker.advance(Duration.ofSeconds(10));
        FailoverSession session = session(A);
        session.start();
        assertThat(health.availability(A).state()).isEqualTo(State.PROBING);
        session.cancelled();
        assertThat(health.availability(A).state()).isEqualTo(State.READY);
        assertThat(told).containsExactly("a cancelled");

        run(failing("", DOWN), A).lease().cancelled();
        assertThat(health.availability(A).state()).isEqualTo(State.READY);
    }

    @Test
    void when_nobody_is_ready_a_cooldown_that_ends_soon_is_waited_out() {
        met(A, LIMITED.withRetryAfter(Duration.ofSeconds(60)));
        met(B, LIMITED.withRetryAfter(Duration.ofSeconds(3)));
        assertThat(run(failing("", DOWN), A, B).lines()).containsExactly("3000ms", "b", "ok");
    }

    @Test
    void a_cooldown_of_our_own_that_ends_soon_is_waited_out_too() {
        met(A, LIMITED);
        ticker.advance(Duration.ofSeconds(2));
        assertThat(run(failing("", DOWN), A).lines()).containsExactly("3000ms", "a", "ok");
    }

    @Test
    void a_cooldown_of_our_own_that_lasts_is_broken_for_one_attempt() {
        met(A, LIMITED);
        assertThat(run(failing("a", DOWN), A).lines()).containsExactly("a", "EXHAUSTED");
    }

    @Test
    void an_open_circuit_is_broken_for_one_attempt_rather_than_refusing() {
        opened(A);
        assertThat(run(failing("a", DOWN), A).lines()).containsExactly("a", "EXHAUSTED");
        assertThat(health.availability(A)).isEqualTo(new Availability(State.OPEN, Duration.ofSeconds(10)));
        run(failing("", DOWN), A).lease().completed();
        assertThat(health.availability(A).state()).isEqualTo(State.READY);
    }

    @Test
    void while_a_probe_is_under_way_a_lone_candidate_is_called_all_the_same() {
        opened(A);
        ticker.advance(Duration.ofSeconds(10));
        FailoverSession probe = session(A);
        probe.start();
        assertThat(run(failing("a", DOWN), A).lines()).containsExactly("a", "EXHAUSTED");
        assertThat(health.availability(A).state()).isEqualTo(State.PROBING);
    }

    @Test
    void each_open_circuit_of_the_plan_is_broken_once() {
        opened(A);
        opened(B);
        assertThat(run(failing("ab", DOWN), A, B).lines()).containsExactly("a", "b", "EXHAUSTED");
        assertThat(run(failing("a", DOWN), A, B).lines()).containsExactly("a", "b", "ok");
    }

    @Test
    void a_stale_connection_to_a_candidate_that_was_called_anyway_is_tried_afresh() {
        opened(A);
        assertThat(run(inTurn(Failure.staleConnection(false, null), DOWN), A).lines())
                .containsExactly("a", "a", "EXHAUSTED");
    }

    @Test
    void a_wait_that_an_upstream_asked_for_is_never_broken() {
        met(A, LIMITED.withRetryAfter(Duration.ofSeconds(30)));
        met(B, BROKE);
        Script script = run(failing("", DOWN), A, B);
        assertThat(script.lines()).containsExactly("UNAVAILABLE");
        assertThat(script.summary()).isEqualTo(new Summary(End.UNAVAILABLE, List.of(), Duration.ofSeconds(30)));
    }

    @Test
    void whoever_may_be_broken_is_called_before_giving_up_on_those_that_may_not() {
        met(A, BROKE);
        opened(B);
        assertThat(run(failing("", DOWN), A, B).lines()).containsExactly("b", "ok");
    }

    @Test
    void held_candidates_that_are_left_after_failures_are_not_called() {
        met(B, LIMITED.withRetryAfter(Duration.ofSeconds(20)));
        Script script = run(failing("a", LIMITED.withRetryAfter(Duration.ofSeconds(30))), A, B);
        assertThat(script.lines()).containsExactly("a", "UNAVAILABLE");
        assertThat(script.summary().retryAfter()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void a_held_candidate_is_none_to_come() {
        met(B, BROKE);
        Script script = run(failing("", DOWN), A, B);
        assertThat(script.calls()).extracting(Step.Call::last).containsExactly(true);
        assertThat(script.calls()).extracting(Step.Call::timeout).containsExactly(Duration.ofMinutes(10));
    }

    @Test
    void with_delay_on_switch_nothing_is_waited_for_if_only_held_candidates_are_left() {
        delayOnSwitch = true;
        met(B, BROKE);
        assertThat(run(failing("a", LATE), A, B).lines()).containsExactly("a", "UNAVAILABLE");
    }

    @Test
    void a_cooldown_that_outlasts_the_deadline_is_not_waited_out() {
        exchange = Duration.ofSeconds(2);
        met(A, LIMITED.withRetryAfter(Duration.ofSeconds(2)));
        Script script = run(failing("", DOWN), A);
        assertThat(script.lines()).containsExactly("UNAVAILABLE");
        assertThat(script.summary().retryAfter()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void an_exchange_waits_for_a_cooldown_once() {
        FailoverSession session = session(A);
        met(A, LIMITED.withRetryAfter(Duration.ofSeconds(2)));
        assertThat(session.start()).isEqualTo(new Step.Pause(Duration.ofSeconds(2)));
        ticker.advance(Duration.ofSeconds(1));
        ticker.advance(Duration.ofSeconds(1));
        met(A, LIMITED.withRetryAfter(Duration.ofSeconds(1)));
        Step end = session.resume();
        assertThat(end).isEqualTo(new Step.GiveUp(new Summary(End.UNAVAILABLE, List.of(), Duration.ofSeconds(1))));
    }

    @Test
    void a_retry_that_others_have_held_up_meanwhile_waits_for_its_turn() {
        FailoverSession session = session(A);
        Failure wait = LIMITED.withRetryAfter(Duration.ofSeconds(1));
        var other = health.admit(A).orElseThrow();
        assertThat(session.failed(attempt(session.start()), wait)).isEqualTo(new Step.Pause(Duration.ofSeconds(1)));
        ticker.advance(Duration.ofMillis(500));
        other.close(wait);
        ticker.advance(Duration.ofMillis(500));
        assertThat(session.resume()).isEqualTo(new Step.Pause(Duration.ofMillis(500)));
        ticker.advance(Duration.ofMillis(500));
        assertThat(attempt(session.resume())).isEqualTo(new Attempt(2, A, 2));
    }

    @Test
    void a_retry_that_others_have_held_up_meanwhile_lets_those_go_first_that_are_ready() {
        FailoverSession session = session(A, B);
        var other = health.admit(A).orElseThrow();
        session.failed(attempt(session.start()), DOWN);
        other.close(LIMITED.withRetryAfter(Duration.ofSeconds(2)));
        ticker.advance(Duration.ofMillis(200));
        Attempt second = attempt(session.resume());
        assertThat(second).isEqualTo(new Attempt(2, B, 1));
        assertThat(session.failed(second, LATE)).isEqualTo(new Step.Pause(Duration.ofMillis(1_800)));
        ticker.advance(Duration.ofMillis(1_800));
        assertThat(attempt(session.resume())).isEqualTo(new Attempt(3, A, 2));
    }

    @Test
    void a_retry_whose_circuit_others_have_opened_meanwhile_is_made_when_nobody_else_is_left() {
        FailoverSession session = session(A, B);
        session.failed(attempt(session.start()), DOWN);
        opened(A);
        ticker.advance(Duration.ofMillis(200));
        Attempt second = attempt(session.resume());
        assertThat(second).isEqualTo(new Attempt(2, B, 1));
        Attempt third = attempt(session.failed(second, LATE));
        assertThat(third).isEqualTo(new Attempt(3, A, 2));
        Step end = session.failed(third, DOWN);
        assertThat(((Step.GiveUp) end).summary().end()).isEqualTo(End.EXHAUSTED);
    }

    @Test
    void once_the_retry_budget_is_spent_a_retry_acts_as_next() {
        for (int i = 0; i < 30; i++) {
            health.grantsRetry(A);
        }
        assertThat(run(failing("a", DOWN), A, B).lines()).containsExactly("a", "b", "ok");
        assertThat(run(failing("b", DOWN), B, A).lines()).containsExactly("b", "200ms", "b", "a", "ok");
    }

    @Test
    void moving_on_costs_no_budget() {
        retries = 0;
        for (int i = 0; i < 200; i++) {
            assertThat(run(failing("a", LIMITED), A, B).lines()).endsWith("b", "ok");
            ticker.advance(Duration.ofMillis(1));
        }
        assertThat(health.grantsRetry(A)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_quota_that_one_candidate_exhausts_keeps_its_whole_provider_from_being_called(boolean sameProvider) {
        Candidate other = new Candidate(sameProvider ? "a" : "b", "other", 1, 0, true, Set.of("chat"));
        Script script = run(inTurn(BROKE, null), A, other);
        assertThat(script.calls()).hasSize(sameProvider ? 1 : 2);
        if (sameProvider) {
            assertThat(script.summary())
                    .extracting(Summary::end, Summary::retryAfter)
                    .containsExactly(End.UNAVAILABLE, Duration.ofMinutes(5));
        }
    }

    @Test
    void the_wait_that_is_told_after_a_rate_limit_is_the_cooldown() {
        retries = 0;
        assertThat(run(failing("a", LIMITED), A).summary().retryAfter()).isEqualTo(Duration.ofSeconds(5));
        assertThat(run(failing("b", BROKE), B).summary().retryAfter()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void the_wait_that_is_told_after_another_failure_is_what_the_upstream_asked_for() {
        retries = 0;
        Failure locked = Failure.of(FailureKind.UNAUTHORIZED, 401, "bad key");
        assertThat(run(failing("a", DOWN), A).summary().retryAfter()).isNull();
        assertThat(run(failing("a", locked), A).summary().retryAfter()).isNull();
        Failure busy = DOWN.withRetryAfter(Duration.ofSeconds(7));
        assertThat(run(failing("b", busy), B).summary().retryAfter()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void a_later_failure_that_asks_for_nothing_takes_an_earlier_wait_back() {
        Failure wait = DOWN.withRetryAfter(Duration.ofSeconds(3));
        Script script = run(inTurn(wait, DOWN), A);
        assertThat(script.lines()).containsExactly("a", "3000ms", "a", "EXHAUSTED");
        assertThat(script.summary().retryAfter()).isNull();
    }

    @Test
    void every_attempt_is_told_once() {
        Script script = run(failing("a", DOWN), A, B);
        script.lease().completed();
        script.lease().cancelled();
        assertThat(told).containsExactly("a server_error", "a server_error", "b fine");
    }
}
