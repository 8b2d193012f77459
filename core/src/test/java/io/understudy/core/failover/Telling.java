package io.understudy.core.failover;

import io.understudy.core.backoff.Backoff;
import io.understudy.core.backoff.Jitter;
import io.understudy.core.candidate.Candidate;
import io.understudy.core.failure.Failure;
import io.understudy.core.failure.ReactionTable;
import io.understudy.core.health.HealthPolicy;
import io.understudy.core.health.LocalHealth;
import io.understudy.core.time.FakeTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** A failover without jitter that writes down how each attempt was judged, such as {@code a1 connection}. */
final class Telling implements FailoverListener {
    static final Candidate FIRST = Script.candidate("a");
    static final Candidate SECOND = new Candidate("b", "m", 1, 1, true, Set.of("chat"));

    final FakeTicker ticker = new FakeTicker();
    final LocalHealth health = new LocalHealth(HealthPolicy.defaults(), ticker);
    final List<String> told = new ArrayList<>();

    Failover failover(int maxProviderAttempts, int sameProviderRetries) {
        Backoff plain = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5), 2, Jitter.none());
        FailoverPolicy policy = new FailoverPolicy(
                maxProviderAttempts,
                sameProviderRetries,
                plain,
                Duration.ofSeconds(3),
                false,
                true,
                ReactionTable.defaults(),
                Map.of());
        return new Failover(policy, health, ticker, () -> new Random(1), this);
    }

    static FailoverException cause(CompletionException failed) {
        return (FailoverException) Objects.requireNonNull(failed.getCause());
    }

    @Override
    public void attemptJudged(Attempt attempt, @Nullable Failure failure) {
        told.add(attempt.candidate().provider()
                + attempt.id()
                + (failure == null ? " fine" : " " + failure.kind().label()));
    }
}
