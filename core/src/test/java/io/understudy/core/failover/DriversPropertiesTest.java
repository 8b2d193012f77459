package io.understudy.core.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.core.candidate.Candidate;
import io.understudy.core.failover.Scene.Stage;
import io.understudy.core.failure.Failure;
import io.understudy.core.time.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/** Every driver makes the same calls in the same order, whatever the policy and the outcomes. */
class DriversPropertiesTest {
    @SuppressWarnings("serial") // Never serialized.
    private static final class Failed extends Exception {
        final Failure failure;

        Failed(Failure failure) {
            this.failure = failure;
        }
    }

    /** What a driver did: each call with its timeout, then how it ended. */
    private interface Driver {
        void exchange(Stage stage, List<String> lines);
    }

    private static CallPolicy terms(Scene scene) {
        return new CallPolicy(scene.exchange(), Scene.ATTEMPT, thrown -> ((Failed) thrown).failure);
    }

    private static @Nullable Failure call(Stage stage, List<String> lines, Candidate candidate, Duration timeout) {
        lines.add(candidate.provider() + " " + timeout);
        Duration callTime = stage.scene.callTime();
        stage.ticker.advance(callTime.compareTo(timeout) < 0 ? callTime : timeout);
        return stage.nextOutcome();
    }

    private static void byHand(Stage stage, List<String> lines) {
        FailoverSession session = stage.failover.begin(
                stage.failover.plan(stage.scene.candidates()),
                Deadline.after(stage.scene.exchange(), stage.ticker),
                Scene.ATTEMPT);
        Step step = session.start();
        while (!(step instanceof Step.GiveUp)) {
            if (step instanceof Step.Pause pause) {
                stage.ticker.advance(pause.duration());
                step = session.resume();
            } else if (step instanceof Step.Call call) {
                Failure failure = call(stage, lines, call.attempt().candidate(), call.timeout());
                if (failure == null) {
                    session.succeeded(call.attempt()).completed();
                    lines.add("ok");
                    return;
                }
                step = session.failed(call.attempt(), failure);
            }
        }
        lines.add(((Step.GiveUp) step).summary().end().name());
    }

    private static void blocking(Stage stage, List<String> lines) {
        try {
            lines.add(stage.failover.call(
                    stage.scene.candidates(), terms(stage.scene), stage.ticker::advance, (candidate, timeout) -> {
                        Failure failure = call(stage, lines, candidate, timeout);
                        if (failure != null) {
                            throw new Failed(failure);
                        }
                        return "ok";
                    }));
        } catch (FailoverException failed) {
            lines.add(failed.summary().end().name());
        }
    }

    private static void asynchronous(Stage stage, List<String> lines) {
        try {
            lines.add(stage.failover
                    .callAsync(
                            stage.scene.candidates(),
                            terms(stage.scene),
                            (task, delay) -> {
                                stage.ticker.advance(delay);
                                task.run();
                                return () -> {};
                            },
                            (candidate, timeout) -> {
                                Failure failure = call(stage, lines, candidate, timeout);
                                return failure == null
                                        ? CompletableFuture.completedFuture("ok")
                                        : CompletableFuture.failedFuture(new Failed(failure));
                            })
                    .join());
        } catch (CompletionException failed) {
            lines.add(Telling.cause(failed).summary().end().name());
        }
    }

    private static List<String> lines(Scene scene, long seed, Driver driver) {
        Stage stage = new Stage(scene, seed);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            driver.exchange(stage, lines);
        }
        long calls = lines.stream().filter(line -> line.contains(" ")).count();
        assertThat(stage.judged).hasSize((int) calls);
        return lines;
    }

    @Property(seed = "21", edgeCases = EdgeCasesMode.NONE)
    void the_blocking_driver_makes_the_same_calls_as_one_by_hand(
            @ForAll(supplier = Scenes.class) Scene scene, @ForAll long seed) {
        assertThat(lines(scene, seed, DriversPropertiesTest::blocking))
                .isEqualTo(lines(scene, seed, DriversPropertiesTest::byHand));
    }

    @Property(seed = "22", edgeCases = EdgeCasesMode.NONE)
    void the_asynchronous_driver_makes_the_same_calls_as_one_by_hand(
            @ForAll(supplier = Scenes.class) Scene scene, @ForAll long seed) {
        assertThat(lines(scene, seed, DriversPropertiesTest::asynchronous))
                .isEqualTo(lines(scene, seed, DriversPropertiesTest::byHand));
    }
}
