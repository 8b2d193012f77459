package io.understudy.core.failover;

import io.understudy.core.backoff.Backoff;
import io.understudy.core.backoff.Jitter;
import io.understudy.core.failure.Failure;
import io.understudy.core.failure.FailureKind;
import io.understudy.core.failure.Reaction;
import io.understudy.core.failure.ReactionTable;
import java.time.Duration;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Every policy, every plan and every script of outcomes. */
final class Scenes implements ArbitrarySupplier<Scene> {
    @Override
    public Arbitrary<Scene> get() {
        return Combinators.combine(
                        policies(),
                        Arbitraries.integers().between(0, 6),
                        outcomes().list().ofMinSize(1).ofMaxSize(12),
                        millis(20_000),
                        millis(3_000),
                        Arbitraries.of(true, false))
                .as(Scene::new);
    }

    private static Arbitrary<Duration> millis(int most) {
        return Arbitraries.integers().between(0, most).map(Duration::ofMillis);
    }

    private static Arbitrary<FailoverPolicy> policies() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 5),
                        Arbitraries.integers().between(0, 4),
                        backoffs(),
                        millis(3_000),
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false),
                        tables(),
                        tables().map(table -> Map.of("p1", table)))
                .as(FailoverPolicy::new);
    }

    private static Arbitrary<Backoff> backoffs() {
        Arbitrary<Jitter> jitters =
                Arbitraries.of(Jitter.full(), Jitter.equal(), Jitter.decorrelated(), Jitter.none(), Jitter.factor(0.1));
        return Combinators.combine(millis(3_000), millis(3_000), jitters)
                .as((base, max, jitter) -> new Backoff(base, max, 2, jitter));
    }

    private static Arbitrary<ReactionTable> tables() {
        return Arbitraries.maps(Arbitraries.of(400, 429, 500, 503), Arbitraries.of(Reaction.class))
                .ofMaxSize(3)
                .map(statuses -> ReactionTable.defaults().with(Map.of(), statuses));
    }

    private static Arbitrary<Failure> outcomes() {
        Arbitrary<Failure> stale = Arbitraries.of(true, false).map(sent -> Failure.staleConnection(sent, null));
        Arbitrary<Failure> success = Arbitraries.just(Failure.of(FailureKind.CANCELLED, "replaced by null"))
                .injectNull(1);
        return Arbitraries.frequencyOf(Tuple.of(16, answers()), Tuple.of(2, stale), Tuple.of(1, success));
    }

    private static Arbitrary<Failure> answers() {
        Arbitrary<FailureKind> kinds = Arbitraries.of(FailureKind.class).filter(kind -> kind != FailureKind.CANCELLED);
        Arbitrary<Integer> statuses = Arbitraries.of(400, 429, 500, 503);
        Arbitrary<Duration> waits = Arbitraries.integers().between(1, 6_000).map(Duration::ofMillis);
        return Combinators.combine(kinds, statuses, waits.injectNull(0.6))
                .as((kind, status, wait) -> Failure.of(kind, status, "failed").withRetryAfter(wait));
    }
}
