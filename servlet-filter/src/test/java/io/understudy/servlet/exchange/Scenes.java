package io.understudy.servlet.exchange;

import io.understudy.core.backoff.Backoff;
import io.understudy.core.backoff.Jitter;
import io.understudy.core.failover.FailoverPolicy;
import io.understudy.core.failure.Reaction;
import io.understudy.core.failure.ReactionTable;
import io.understudy.core.health.HealthPolicy;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/**
 * Every policy, every number of candidates and every script of outcomes. What an exchange really waits for, its pauses, is
 * a few microseconds long at most; what its decision reckons with, the time of calls, is seconds.
 */
final class Scenes implements ArbitrarySupplier<Scene> {
    @Override
    public Arbitrary<Scene> get() {
        return Combinators.combine(
                        policies(),
                        healths().injectNull(0.3),
                        Arbitraries.integers().between(1, 5),
                        outcomes().list().ofMinSize(1).ofMaxSize(12),
                        millis(20_000),
                        millis(3_000))
                .as(Scene::new);
    }

    private static Arbitrary<Duration> millis(int most) {
        return Arbitraries.integers().between(0, most).map(Duration::ofMillis);
    }

    private static Arbitrary<Duration> instants() {
        return Arbitraries.integers().between(0, 3_000).map(Duration::ofNanos);
    }

    private static Arbitrary<HealthPolicy> healths() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 5),
                        millis(2_000),
                        Arbitraries.oneOf(instants(), millis(6_000)))
                .as((failures, open, cooldown) -> new HealthPolicy(
                        failures, open, open.multipliedBy(3), cooldown, HealthPolicy.Budget.defaults()));
    }

    private static Arbitrary<FailoverPolicy> policies() {
        Arbitrary<Boolean> either = Arbitraries.of(true, false);
        return Combinators.combine(
                        Arbitraries.integers().between(1, 5),
                        Arbitraries.integers().between(0, 3),
                        backoffs(),
                        instants(),
                        either,
                        either,
                        tables(),
                        tables().map(table -> Map.of("p1", table)))
                .as(FailoverPolicy::new);
    }

    private static Arbitrary<Backoff> backoffs() {
        Arbitrary<Jitter> jitters =
                Arbitraries.of(Jitter.full(), Jitter.equal(), Jitter.decorrelated(), Jitter.none(), Jitter.factor(0.1));
        return Combinators.combine(instants(), instants(), jitters)
                .as((base, max, jitter) -> new Backoff(base, max, 2, jitter));
    }

    private static Arbitrary<ReactionTable> tables() {
        return Arbitraries.maps(Arbitraries.of(400, 404, 429, 500, 503), Arbitraries.of(Reaction.class))
                .ofMaxSize(3)
                .map(statuses -> ReactionTable.defaults().with(Map.of(), statuses));
    }

    private static Arbitrary<Outcome> outcomes() {
        return Arbitraries.frequencyOf(
                Tuple.of(12, errors()),
                Tuple.of(4, losses()),
                Tuple.of(1, Arbitraries.of(new Outcome.Answer(200, Map.of(), "junk"))),
                Tuple.of(1, Arbitraries.of(new Outcome.Answer(200, Map.of(), "{\"id\":\"x\"}"))));
    }

    private static Arbitrary<Outcome> errors() {
        Arbitrary<Integer> statuses = Arbitraries.of(400, 401, 402, 404, 408, 429, 500, 501, 503, 529);
        Arbitrary<String> codes =
                Arbitraries.of("x", "x", "context_length_exceeded", "insufficient_quota", "content_filter");
        return Combinators.combine(statuses, codes, instants().injectNull(0.6))
                .as((status, code, wait) -> new Outcome.Answer(
                        status,
                        wait == null ? Map.of() : Map.of("retry-after-ms", inMillis(wait)),
                        "{\"error\":{\"message\":\"no\",\"code\":\"" + code + "\"}}"));
    }

    private static String inMillis(Duration wait) {
        return BigDecimal.valueOf(wait.toNanos(), 6).toPlainString();
    }

    private static Arbitrary<Outcome> losses() {
        Arbitrary<Exception> causes = Arbitraries.of(new IOException("reset"), new TimeoutException("silent"));
        Arbitrary<Boolean> either = Arbitraries.of(true, false);
        return Combinators.combine(causes, either, either).as(Outcome.Loss::new);
    }
}
