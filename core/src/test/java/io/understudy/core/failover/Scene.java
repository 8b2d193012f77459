package io.understudy.core.failover;

import io.understudy.core.candidate.Candidate;
import io.understudy.core.failure.Failure;
import io.understudy.core.health.Health;
import io.understudy.core.health.HealthPolicy;
import io.understudy.core.health.LocalHealth;
import io.understudy.core.time.FakeTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A policy, candidates and what their upstreams answer to one attempt after the other, all over again when the list is
 * over; null is a success.
 */
record Scene(
        FailoverPolicy policy,
        int size,
        List<@Nullable Failure> outcomes,
        Duration exchange,
        Duration callTime,
        boolean remembers) {
    static final Duration ATTEMPT = Duration.ofSeconds(2);

    List<Candidate> candidates() {
        return IntStream.range(0, size).mapToObj(i -> Script.candidate("p" + i)).toList();
    }

    /** Where a scene is played, over several exchanges. */
    static final class Stage {
        final Scene scene;
        final FakeTicker ticker = new FakeTicker();
        final List<Attempt> judged = new ArrayList<>();
        final Failover failover;
        private int attempts;

        Stage(Scene scene, long seed) {
            this.scene = scene;
            Random dice = new Random(seed);
            Health health =
                    scene.remembers() ? new LocalHealth(HealthPolicy.defaults(), ticker) : Health.alwaysAvailable();
            FailoverListener listener = new FailoverListener() {
                @Override
                public void attemptJudged(Attempt attempt, @Nullable Failure failure) {
                    judged.add(attempt);
                }
            };
            failover = new Failover(scene.policy(), health, ticker, () -> dice, listener);
        }

        /** What the next attempt meets. */
        @Nullable
        Failure nextOutcome() {
            return scene.outcomes().get(attempts++ % scene.outcomes().size());
        }
    }
}
