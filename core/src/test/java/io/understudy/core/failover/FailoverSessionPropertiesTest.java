package io.understudy.core.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.understudy.core.candidate.Candidate;
import io.understudy.core.candidate.Plan;
import io.understudy.core.failover.Scene.Stage;
import io.understudy.core.failure.Failure;
import io.understudy.core.failure.FailureKind;
import io.understudy.core.failure.Reaction;
import io.understudy.core.time.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What holds for every policy, every plan and every script of outcomes, with and without a memory of health. */
class FailoverSessionPropertiesTest {
    private static final int EXCHANGES = 3;

    private record Played(Scene scene, Plan plan, Script script) {
        List<Candidate> called() {
            return script.calls().stream()
                    .map(call -> call.attempt().candidate())
                    .toList();
        }

        int mostCandidates() {
            return Math.min(plan.candidates().size(), scene.policy().maxProviderAttempts());
        }
    }

    private static List<Played> play(Scene scene, long seed) {
        Stage stage = new Stage(scene, seed);
        List<Played> played = new ArrayList<>();
        for (int i = 0; i < EXCHANGES; i++) {
            Plan plan = stage.failover.plan(scene.candidates());
            Deadline deadline = Deadline.after(scene.exchange(), stage.ticker);
            FailoverSession session = stage.failover.begin(plan, deadline, Scene.ATTEMPT);
            Script script = new Script(stage.ticker, scene.callTime(), attempt -> stage.nextOutcome()).run(session);
            if (script.lines().contains("ok")) {
                script.lease().completed();
            }
            played.add(new Played(scene, plan, script));
        }
        return played;
    }

    @Property(seed = "11", edgeCases = EdgeCasesMode.NONE)
    void there_are_never_more_attempts_than_the_bound(@ForAll(supplier = Scenes.class) Scene scene, @ForAll long seed) {
        for (Played played : play(scene, seed)) {
            int candidates = (int) played.called().stream().distinct().count();
            int tries = 1 + scene.policy().sameProviderRetries();
            assertThat(candidates).isLessThanOrEqualTo(played.mostCandidates());
            assertThat(played.script().calls()).allMatch(call -> call.attempt().tryNumber() <= tries);
            // Each candidate may have one stale connection beyond its tries.
            assertThat(played.script().calls()).hasSizeLessThanOrEqualTo(candidates * (tries + 1));
        }
    }

    @Property(seed = "12", edgeCases = EdgeCasesMode.NONE)
    void candidates_are_called_in_the_order_of_the_plan_each_in_one_go(
            @ForAll(supplier = Scenes.class) Scene scene, @ForAll long seed) {
        if (scene.remembers()) {
            // Then some may be passed over and come later.
            return;
        }
        for (Played played : play(scene, seed)) {
            List<Candidate> called = played.called();
            List<Candidate> distinct = called.stream().distinct().toList();
            assertThat(distinct).isEqualTo(played.plan().candidates().subList(0, distinct.size()));
            long changes = IntStream.range(1, called.size())
                    .filter(i -> !called.get(i).equals(called.get(i - 1)))
                    .count();
            assertThat(changes).isEqualTo(Math.max(0, distinct.size() - 1));
        }
    }

    @Property(seed = "13", edgeCases = EdgeCasesMode.NONE)
    void all_pauses_together_end_before_the_deadline_and_none_comes_last(
            @ForAll(supplier = Scenes.class) Scene scene, @ForAll long seed) {
        for (Played played : play(scene, seed)) {
            assertThat(played.script().waited()).isLessThanOrEqualTo(scene.exchange());
            List<String> lines = played.script().lines();
            if (lines.size() > 1) {
                assertThat(lines.get(lines.size() - 2)).doesNotEndWith("ms");
            }
        }
    }

    @Property(seed = "14", edgeCases = EdgeCasesMode.NONE)
    void a_failure_whose_reaction_is_fail_is_the_last(@ForAll(supplier = Scenes.class) Scene scene, @ForAll long seed) {
        for (Played played : play(scene, seed)) {
            if (played.script().lines().contains("ok")) {
                continue;
            }
            Summary summary = played.script().summary();
            assertThat(summary.failures()).hasSameSizeAs(played.script().calls());
            for (int i = 0; i < summary.failures().size(); i++) {
                boolean last = i == summary.failures().size() - 1;
                assertThat(summary.failures().get(i).reaction() == Reaction.FAIL)
                        .isEqualTo(last && summary.end() == End.FAIL);
            }
        }
    }

    @Property(seed = "15", edgeCases = EdgeCasesMode.NONE)
    void every_attempt_has_time_and_only_the_last_candidate_has_all_of_it(
            @ForAll(supplier = Scenes.class) Scene scene, @ForAll long seed) {
        for (Played played : play(scene, seed)) {
            for (Step.Call call : played.script().calls()) {
                assertThat(call.timeout()).isPositive().isLessThanOrEqualTo(scene.exchange());
                assertThat(call.last() || call.timeout().compareTo(Scene.ATTEMPT) <= 0)
                        .isTrue();
                if (!scene.remembers()) {
                    Candidate lastOne = played.plan().candidates().get(played.mostCandidates() - 1);
                    assertThat(call.last()).isEqualTo(call.attempt().candidate().equals(lastOne));
                }
            }
        }
    }

    @Property(seed = "16", edgeCases = EdgeCasesMode.NONE)
    void the_session_never_steps_after_its_end(@ForAll(supplier = Scenes.class) Scene scene, @ForAll long seed) {
        for (Played played : play(scene, seed)) {
            FailoverSession session = played.script().session();
            Attempt any = new Attempt(played.script().calls().size(), Script.candidate("p0"), 1);
            Failure failure = Failure.of(FailureKind.SERVER_ERROR, "late");
            assertThatThrownBy(session::start).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(session::resume).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(session::cancelled).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> session.failed(any, failure)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> session.succeeded(any)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Property(seed = "17", edgeCases = EdgeCasesMode.NONE)
    void what_is_told_about_waiting_is_a_wait(@ForAll(supplier = Scenes.class) Scene scene, @ForAll long seed) {
        for (Played played : play(scene, seed)) {
            if (!played.script().lines().contains("ok")) {
                Duration wait = played.script().summary().retryAfter();
                assertThat(wait == null || wait.compareTo(Duration.ZERO) > 0).isTrue();
            }
        }
    }
}
