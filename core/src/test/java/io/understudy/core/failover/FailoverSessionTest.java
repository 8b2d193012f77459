package io.understudy.core.failover;

import static io.understudy.core.failover.Script.candidate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.understudy.core.backoff.Backoff;
import io.understudy.core.backoff.Jitter;
import io.understudy.core.candidate.Candidate;
import io.understudy.core.candidate.Plan;
import io.understudy.core.failure.Failure;
import io.understudy.core.failure.FailureKind;
import io.understudy.core.failure.Reaction;
import io.understudy.core.failure.ReactionTable;
import io.understudy.core.health.Health;
import io.understudy.core.time.Deadline;
import io.understudy.core.time.FakeTicker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FailoverSessionTest {
    private static final Duration EXCHANGE = Duration.ofMinutes(10);
    private static final Duration ATTEMPT = Duration.ofMinutes(2);
    private static final Candidate A = candidate("a");
    private static final Candidate B = candidate("b");
    private static final Candidate C = candidate("c");
    private static final Candidate D = candidate("d");
    private static final Failure DOWN = Failure.of(FailureKind.SERVER_ERROR, 500, "down");
    private static final Failure BAD = Failure.of(FailureKind.BAD_REQUEST, 400, "bad");
    private static final Failure LATE = Failure.of(FailureKind.TIMEOUT, "late");

    private final FakeTicker ticker = new FakeTicker();
    private int retries = 1;
    private boolean delayOnSwitch;
    private boolean resendAfterWrite = true;
    private ReactionTable reactions = ReactionTable.defaults();
    private Map<String, ReactionTable> providerReactions = Map.of();
    private Duration exchange = EXCHANGE;
    private Duration callTime = Duration.ZERO;

    private FailoverSession session(Candidate... plan) {
        Backoff plain = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5), 2, Jitter.none());
        FailoverPolicy policy = new FailoverPolicy(
                3,
                retries,
                plain,
                Duration.ofSeconds(3),
                delayOnSwitch,
                resendAfterWrite,
                reactions,
                providerReactions);
        Failover failover =
                new Failover(policy, Health.alwaysAvailable(), ticker, () -> new Random(1), FailoverListener.silent());
        return failover.begin(new Plan(List.of(plan)), Deadline.after(exchange, ticker), ATTEMPT);
    }

    private Script run(Function<Attempt, @Nullable Failure> upstream, Candidate... plan) {
        return new Script(ticker, callTime, upstream).run(session(plan));
    }

    private static Function<Attempt, @Nullable Failure> failing(String providers, Failure failure) {
        return attempt -> providers.contains(attempt.candidate().provider()) ? failure : null;
    }

    private static Function<Attempt, @Nullable Failure> inTurn(@Nullable Failure... failures) {
        return attempt -> failures[attempt.id() - 1];
    }

    private static Step.Call call(Step step) {
        assertThat(step).isInstanceOf(Step.Call.class);
        return (Step.Call) step;
    }

    @Test
    void a_first_call_that_succeeds_is_all() {
        assertThat(run(failing("", DOWN), A, B).lines()).containsExactly("a", "ok");
    }

    @Test
    void a_retriable_failure_is_retried_once_then_the_next_candidate_takes_over_at_once() {
        assertThat(run(failing("a", DOWN), A, B, C).lines()).containsExactly("a", "200ms", "a", "b", "ok");
    }

    @Test
    void pauses_grow_with_the_calls_made_to_the_same_candidate() {
        retries = 3;
        assertThat(run(failing("ab", DOWN), A, B).lines())
                .containsExactly(
                        "a",
                        "200ms",
                        "a",
                        "400ms",
                        "a",
                        "800ms",
                        "a",
                        "b",
                        "200ms",
                        "b",
                        "400ms",
                        "b",
                        "800ms",
                        "b",
                        "EXHAUSTED");
    }

    @Test
    void never_pauses_after_the_last_attempt() {
        assertThat(run(failing("abc", DOWN), A, B, C).lines())
                .containsExactly("a", "200ms", "a", "b", "200ms", "b", "c", "200ms", "c", "EXHAUSTED");
        retries = 0;
        assertThat(run(failing("a", DOWN), A).lines()).containsExactly("a", "EXHAUSTED");
    }

    @Test
    void no_more_candidates_are_tried_than_allowed() {
        assertThat(run(failing("abcd", LATE), A, B, C, D).lines()).containsExactly("a", "b", "c", "EXHAUSTED");
    }

    @Test
    void a_candidate_named_twice_is_tried_as_one() {
        assertThat(run(failing("ab", LATE), A, A, B).lines()).containsExactly("a", "b", "EXHAUSTED");
    }

    @Test
    void a_silent_target_is_not_asked_again() {
        assertThat(run(failing("a", LATE), A, B).lines()).containsExactly("a", "b", "ok");
    }

    @ParameterizedTest
    @EnumSource(names = {"BAD_REQUEST", "CONTENT_POLICY"})
    void a_request_that_is_refused_ends_at_once(FailureKind kind) {
        Script script = run(failing("abc", Failure.of(kind, 400, "refused")), A, B, C);
        assertThat(script.lines()).containsExactly("a", "FAIL");
        assertThat(script.summary().failures())
                .containsExactly(
                        new AttemptFailure(new Attempt(1, A, 1), Failure.of(kind, 400, "refused"), Reaction.FAIL));
    }

    @Test
    void too_long_a_request_is_never_retried_on_the_same_candidate() {
        reactions = reactions.with(Map.of(), Map.of(400, Reaction.RETRY));
        Failure overflow = Failure.of(FailureKind.CONTEXT_OVERFLOW, 400, "too long");
        assertThat(run(failing("a", overflow), A, B).lines()).containsExactly("a", "b", "ok");
    }

    @Test
    void a_passing_400_has_a_base_delay_of_its_own() {
        retries = 3;
        Failure passing = Failure.of(FailureKind.TRANSIENT_400, 400, "again");
        assertThat(run(failing("a", passing), A, B).lines())
                .containsExactly("a", "500ms", "a", "1000ms", "a", "2000ms", "a", "b", "ok");
    }

    @Test
    void reactions_follow_the_overrides_and_a_providers_own_table() {
        reactions = reactions.with(Map.of(FailureKind.BAD_REQUEST, Reaction.NEXT), Map.of());
        providerReactions = Map.of("b", reactions.with(Map.of(), Map.of(400, Reaction.FAIL)));
        assertThat(run(failing("ab", BAD), A, B, C).lines()).containsExactly("a", "b", "FAIL");
    }

    @Test
    void attempts_are_numbered_within_the_exchange_and_within_their_candidate() {
        assertThat(run(failing("abc", DOWN), A, B).calls())
                .extracting(Step.Call::attempt)
                .containsExactly(
                        new Attempt(1, A, 1), new Attempt(2, A, 2), new Attempt(3, B, 1), new Attempt(4, B, 2));
    }

    @Test
    void what_the_upstream_asks_for_is_the_least_pause() {
        assertThat(run(failing("a", DOWN.withRetryAfter(Duration.ofSeconds(2))), A, B)
                        .lines())
                .containsExactly("a", "2000ms", "a", "b", "ok");
        assertThat(run(failing("a", DOWN.withRetryAfter(Duration.ofMillis(30))), A, B)
                        .lines())
                .containsExactly("a", "200ms", "a", "b", "ok");
        assertThat(run(failing("a", DOWN.withRetryAfter(Duration.ofSeconds(3))), A, B)
                        .lines())
                .containsExactly("a", "3000ms", "a", "b", "ok");
    }

    @Test
    void whoever_asks_for_too_long_a_pause_is_left_for_the_next() {
        Failure limited = Failure.of(FailureKind.RATE_LIMITED, 429, "limited");
        assertThat(run(failing("a", limited.withRetryAfter(Duration.ofMillis(3_001))), A, B)
                        .lines())
                .containsExactly("a", "b", "ok");
    }

    @Test
    void when_all_ask_for_too_long_a_pause_the_smallest_remaining_one_is_told() {
        callTime = Duration.ofSeconds(1);
        Failure limited = Failure.of(FailureKind.RATE_LIMITED, 429, "limited");
        Script script = run(
                inTurn(
                        limited.withRetryAfter(Duration.ofSeconds(30)),
                        limited.withRetryAfter(Duration.ofSeconds(31)),
                        LATE),
                A,
                B,
                C);
        assertThat(script.lines()).containsExactly("a", "b", "c", "EXHAUSTED");
        assertThat(script.summary().retryAfter()).isEqualTo(Duration.ofSeconds(28));
    }

    @Test
    void nothing_is_told_about_waiting_when_nothing_is_known_or_waiting_does_not_help() {
        assertThat(run(failing("a", DOWN), A).summary().retryAfter()).isNull();
        assertThat(run(failing("a", BAD.withRetryAfter(Duration.ofSeconds(9))), A)
                        .summary()
                        .retryAfter())
                .isNull();
        callTime = Duration.ofSeconds(10);
        retries = 0;
        assertThat(run(inTurn(DOWN.withRetryAfter(Duration.ofSeconds(9)), LATE), A, B)
                        .summary()
                        .retryAfter())
                .isNull();
    }

    @Test
    void a_stale_connection_is_tried_afresh_at_once_and_for_free() {
        Failure stale = Failure.staleConnection(true, null);
        Script script = run(inTurn(stale, DOWN, DOWN, null), A, B);
        assertThat(script.lines()).containsExactly("a", "a", "200ms", "a", "b", "ok");
        assertThat(script.calls())
                .extracting(Step.Call::attempt)
                .containsExactly(
                        new Attempt(1, A, 1), new Attempt(2, A, 1), new Attempt(3, A, 2), new Attempt(4, B, 1));
    }

    @Test
    void a_fresh_connection_that_is_called_stale_is_no_excuse() {
        Failure stale = Failure.staleConnection(false, null);
        retries = 0;
        assertThat(run(failing("ab", stale), A, B).lines()).containsExactly("a", "a", "b", "b", "EXHAUSTED");
        reactions = reactions.with(Map.of(FailureKind.CONNECTION, Reaction.NEXT), Map.of());
        assertThat(run(failing("a", stale), A, B).lines()).containsExactly("a", "a", "b", "ok");
    }

    @Test
    void a_request_lost_after_it_was_written_is_not_sent_again_where_that_is_forbidden() {
        resendAfterWrite = false;
        Failure lost = Failure.of(FailureKind.CONNECTION, "reset");
        assertThat(run(failing("a", lost.billed()), A, B).lines()).containsExactly("a", "FAIL");
        assertThat(run(failing("a", Failure.staleConnection(true, null)), A, B).lines())
                .containsExactly("a", "FAIL");
        assertThat(run(failing("a", lost), A, B).lines()).containsExactly("a", "200ms", "a", "b", "ok");
        assertThat(run(failing("a", LATE.billed()), A, B).lines()).containsExactly("a", "b", "ok");
        resendAfterWrite = true;
        assertThat(run(failing("a", lost.billed()), A, B).lines()).containsExactly("a", "200ms", "a", "b", "ok");
    }

    @Test
    void with_delay_on_switch_pauses_grow_with_all_calls() {
        delayOnSwitch = true;
        assertThat(run(failing("abc", DOWN), A, B, C).lines())
                .containsExactly(
                        "a", "200ms", "a", "400ms", "b", "800ms", "b", "1600ms", "c", "3200ms", "c", "EXHAUSTED");
    }

    @Test
    void with_delay_on_switch_a_pause_that_outlasts_the_deadline_is_left_out() {
        delayOnSwitch = true;
        exchange = Duration.ofMillis(400);
        assertThat(run(failing("ab", LATE), A, B).lines()).containsExactly("a", "200ms", "b", "EXHAUSTED");
        exchange = Duration.ofMillis(200);
        assertThat(run(failing("ab", LATE), A, B).lines()).containsExactly("a", "b", "EXHAUSTED");
    }

    @Test
    void no_pause_outlasts_the_deadline() {
        exchange = Duration.ofMillis(200);
        assertThat(run(failing("ab", DOWN), A, B).lines()).containsExactly("a", "b", "EXHAUSTED");
        exchange = Duration.ofMillis(201);
        assertThat(run(failing("a", DOWN), A).lines()).containsExactly("a", "200ms", "a", "EXHAUSTED");
    }

    @Test
    void no_attempt_starts_after_the_deadline() {
        exchange = Duration.ofSeconds(200);
        FailoverSession session = session(A, B);
        Attempt first = call(session.start()).attempt();
        ticker.advance(exchange);
        Step end = session.failed(first, LATE);
        assertThat(end).isInstanceOf(Step.GiveUp.class);
        assertThat(((Step.GiveUp) end).summary().end()).isEqualTo(End.DEADLINE);
    }

    @Test
    void a_pause_that_took_longer_than_asked_for_may_meet_the_deadline() {
        exchange = Duration.ofSeconds(1);
        FailoverSession session = session(A, B);
        assertThat(session.failed(call(session.start()).attempt(), DOWN)).isInstanceOf(Step.Pause.class);
        ticker.advance(Duration.ofSeconds(2));
        assertThat(((Step.GiveUp) session.resume()).summary().end()).isEqualTo(End.DEADLINE);
    }

    @Test
    void a_stale_connection_at_the_deadline_is_not_tried_afresh() {
        exchange = Duration.ofSeconds(1);
        FailoverSession session = session(A);
        Attempt first = call(session.start()).attempt();
        ticker.advance(exchange);
        Step end = session.failed(first, Failure.staleConnection(false, null));
        assertThat(((Step.GiveUp) end).summary().end()).isEqualTo(End.DEADLINE);
    }

    @Test
    void a_deadline_that_has_passed_at_the_start_lets_nothing_begin() {
        exchange = Duration.ZERO;
        assertThat(run(failing("", DOWN), A).lines()).containsExactly("DEADLINE");
    }

    @Test
    void a_plan_without_candidates_is_unavailable() {
        Script script = run(failing("", DOWN));
        assertThat(script.lines()).containsExactly("UNAVAILABLE");
        assertThat(script.summary()).isEqualTo(new Summary(End.UNAVAILABLE, List.of(), null));
    }

    @Test
    void the_last_candidate_gets_all_the_time_that_remains() {
        callTime = Duration.ofSeconds(100);
        assertThat(run(failing("abc", LATE), A, B, C, D).calls())
                .extracting(Step.Call::timeout, Step.Call::last)
                .containsExactly(tuple(ATTEMPT, false), tuple(ATTEMPT, false), tuple(Duration.ofSeconds(400), true));
    }

    @Test
    void an_attempt_leaves_a_tenth_of_what_remains_to_each_candidate_to_come() {
        exchange = Duration.ofSeconds(100);
        callTime = Duration.ofSeconds(200);
        assertThat(run(failing("abc", LATE), A, B, C).calls())
                .extracting(Step.Call::timeout)
                .containsExactly(Duration.ofSeconds(80), Duration.ofSeconds(18), Duration.ofSeconds(2));
    }

    @Test
    void a_success_hands_out_the_lease_and_ends_the_session() {
        FailoverSession session = session(A);
        Attempt attempt = call(session.start()).attempt();
        assertThat(session.succeeded(attempt).attempt()).isEqualTo(attempt);
        assertThatThrownBy(() -> session.failed(attempt, DOWN))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("an attempt's end is out of turn: the session is OVER");
        assertThatThrownBy(session::cancelled).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_caller_that_leaves_ends_the_session_in_every_phase() {
        FailoverSession unstarted = session(A);
        assertThat(unstarted.cancelled()).isEqualTo(new Summary(End.CANCELLED, List.of(), null));
        assertThatThrownBy(unstarted::start).isInstanceOf(IllegalStateException.class);

        FailoverSession calling = session(A);
        calling.start();
        assertThat(calling.cancelled().failures()).isEmpty();

        FailoverSession pausing = session(A);
        pausing.failed(call(pausing.start()).attempt(), DOWN);
        assertThat(pausing.cancelled().failures())
                .extracting(AttemptFailure::failure)
                .containsExactly(DOWN);
        assertThatThrownBy(pausing::resume).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_cancelled_call_ends_the_exchange_as_cancelled() {
        Failure gone = Failure.of(FailureKind.CANCELLED, "gone");
        assertThat(run(failing("a", gone), A, B).lines()).containsExactly("a", "CANCELLED");
    }

    @Test
    void steps_out_of_turn_are_refused() {
        FailoverSession session = session(A, B);
        assertThatThrownBy(session::resume).hasMessage("resume is out of turn: the session is NEW");
        assertThatThrownBy(() -> session.failed(new Attempt(1, A, 1), DOWN))
                .hasMessage("an attempt's end is out of turn: the session is NEW");
        Attempt first = call(session.start()).attempt();
        assertThatThrownBy(session::start).hasMessage("start is out of turn: the session is CALLING");
        assertThatThrownBy(session::resume).hasMessage("resume is out of turn: the session is CALLING");
        call(session.failed(first, LATE));
        assertThatThrownBy(() -> session.failed(first, LATE)).hasMessage("attempt: 1 (expected: the one under way, 2)");
        assertThatThrownBy(() -> session.succeeded(first)).isInstanceOf(IllegalStateException.class);
    }
}
