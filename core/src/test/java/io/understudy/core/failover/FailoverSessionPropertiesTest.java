package io.understudy.core.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** What holds for every policy, every plan and every script of outcomes. */
class FailoverSessionPropertiesTest {
    private static final Duration ATTEMPT = Duration.ofSeconds(2);

    /** Outcomes by attempt, repeated when the script is over; null is a success. */
    private record Scene(
            FailoverPolicy policy, int candidates, List<Failure> outcomes, int exchangeMillis, int callMillis) {
        Script play(Random dice) {
            FakeTicker ticker = new FakeTicker();
            Failover failover =
                    new Failover(policy, Health.alwaysAvailable(), ticker, () -> dice, FailoverListener.silent());
            Deadline deadline = Deadline.after(Duration.ofMillis(exchangeMillis), ticker);
            FailoverSession session = failover.begin(plan(), deadline, ATTEMPT);
            Script script = new Script(
                    ticker,
                    Duration.ofMillis(callMillis),
                    attempt -> outcomes.get((attempt.id() - 1) % outcomes.size()));
            return script.run(session);
        }

        Plan plan() {
            return new Plan(IntStream.range(0, candidates)
                    .mapToObj(i -> Script.candidate("p" + i))
                    .toList());
        }
    }

    @Provide
    Arbitrary<Scene> scenes() {
        return Combinators.combine(
                        policies(),
                        Arbitraries.integers().between(0, 6),
                        failures().list().ofMinSize(1).ofMaxSize(12),
                        Arbitraries.integers().between(0, 20_000),
                        Arbitraries.integers().between(0, 3_000))
                .as(Scene::new);
    }

    private static Arbitrary<FailoverPolicy> policies() {
        Arbitrary<Jitter> jitters =
                Arbitraries.of(Jitter.full(), Jitter.equal(), Jitter.decorrelated(), Jitter.none(), Jitter.factor(0.1));
        Arbitrary<Duration> delays = Arbitraries.integers().between(0, 3_000).map(Duration::ofMillis);
        return Combinators.combine(
                        Arbitraries.integers().between(1, 5),
                        Arbitraries.integers().between(0, 4),
                        Combinators.combine(delays, delays, jitters)
                                .as((base, max, jitter) -> new Backoff(base, max, 2, jitter)),
                        delays,
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false),
                        tables(),
                        tables().map(table -> Map.of("p1", table)))
                .as(FailoverPolicy::new);
    }

    private static Arbitrary<ReactionTable> tables() {
        Arbitrary<Map<Integer, Reaction>> statuses = Arbitraries.maps(
                        Arbitraries.of(400, 429, 500, 503), Arbitraries.of(Reaction.class))
                .ofMaxSize(3);
        return statuses.map(overrides -> ReactionTable.defaults().with(Map.of(), overrides));
    }

    private static Arbitrary<Failure> failures() {
        Arbitrary<Failure> stale = Arbitraries.of(true, false).map(written -> Failure.staleConnection(written, null));
        return Arbitraries.frequencyOf(
                Tuple.of(8, answers()),
                Tuple.of(1, stale),
                Tuple.of(
                        1,
                        Arbitraries.of(Failure.of(FailureKind.SERVER_ERROR, "x"))
                                .injectNull(0.5)));
    }

    private static Arbitrary<Failure> answers() {
        return Combinators.combine(
                        Arbitraries.of(FailureKind.class).filter(kind -> kind != FailureKind.CANCELLED),
                        Arbitraries.of(400, 429, 500, 503),
                        Arbitraries.integers()
                                .between(1, 6_000)
                                .map(Duration::ofMillis)
                                .injectNull(0.6))
                .as((kind, status, wait) -> Failure.of(kind, status, "failed").withRetryAfter(wait));
    }

    private static List<Candidate> called(Script script) {
        return script.calls().stream().map(call -> call.attempt().candidate()).toList();
    }

    @Property(seed = "11")
    void there_are_never_more_attempts_than_the_bound(@ForAll("scenes") Scene scene, @ForAll long seed) {
        Script script = scene.play(new Random(seed));
        long candidates = called(script).stream().distinct().count();
        assertThat(candidates).isLessThanOrEqualTo(scene.policy().maxProviderAttempts());
        assertThat(script.calls())
                .allMatch(
                        call -> call.attempt().tryNumber() <= 1 + scene.policy().sameProviderRetries());
        // Each candidate may have one stale connection beyond its tries.
        assertThat(script.calls().size())
                .isLessThanOrEqualTo((int) candidates * (2 + scene.policy().sameProviderRetries()));
    }

    @Property(seed = "12")
    void candidates_are_called_in_the_order_of_the_plan_each_in_one_go(
            @ForAll("scenes") Scene scene, @ForAll long seed) {
        List<Candidate> called = called(scene.play(new Random(seed)));
        Set<Candidate> distinct = new LinkedHashSet<>(called);
        assertThat(List.copyOf(distinct)).isEqualTo(scene.plan().candidates().subList(0, distinct.size()));
        long changes = IntStream.range(1, called.size())
                .filter(i -> !called.get(i).equals(called.get(i - 1)))
                .count();
        assertThat(changes).isEqualTo(Math.max(0, distinct.size() - 1));
    }

    @Property(seed = "13")
    void all_pauses_together_end_before_the_deadline_and_none_comes_last(
            @ForAll("scenes") Scene scene, @ForAll long seed) {
        Script script = scene.play(new Random(seed));
        assertThat(script.waited()).isLessThanOrEqualTo(Duration.ofMillis(scene.exchangeMillis()));
        List<String> lines = script.lines();
        if (lines.size() > 1) {
            assertThat(lines.get(lines.size() - 2)).doesNotEndWith("ms");
        }
    }

    @Property(seed = "14")
    void a_failure_whose_reaction_is_fail_is_the_last(@ForAll("scenes") Scene scene, @ForAll long seed) {
        Script script = scene.play(new Random(seed));
        if (script.lines().contains("ok")) {
            return;
        }
        List<AttemptFailure> failures = script.summary().failures();
        assertThat(failures).hasSameSizeAs(script.calls());
        for (int i = 0; i < failures.size(); i++) {
            boolean last = i == failures.size() - 1;
            assertThat(failures.get(i).reaction() == Reaction.FAIL)
                    .isEqualTo(last && script.summary().end() == End.FAIL);
        }
    }

    @Property(seed = "15")
    void every_attempt_has_time_and_only_the_last_candidate_has_all_of_it(
            @ForAll("scenes") Scene scene, @ForAll long seed) {
        Script script = scene.play(new Random(seed));
        for (Step.Call call : script.calls()) {
            assertThat(call.timeout()).isPositive();
            assertThat(call.timeout()).isLessThanOrEqualTo(Duration.ofMillis(scene.exchangeMillis()));
            if (!call.last()) {
                assertThat(call.timeout()).isLessThanOrEqualTo(ATTEMPT);
            }
        }
        int most = Math.min(scene.candidates(), scene.policy().maxProviderAttempts());
        for (Step.Call call : script.calls()) {
            Candidate lastOne = scene.plan().candidates().get(most - 1);
            assertThat(call.last()).isEqualTo(call.attempt().candidate().equals(lastOne));
        }
    }

    @Property(seed = "16")
    void the_session_never_steps_after_its_end(@ForAll("scenes") Scene scene, @ForAll long seed) {
        Script script = scene.play(new Random(seed));
        FailoverSession session = script.session();
        Attempt any = new Attempt(script.calls().size(), Script.candidate("p0"), 1);
        Failure failure = Failure.of(FailureKind.SERVER_ERROR, "late");
        assertThatThrownBy(session::start).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(session::resume).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(session::cancelled).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> session.failed(any, failure)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> session.succeeded(any)).isInstanceOf(IllegalStateException.class);
    }
}
