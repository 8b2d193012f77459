package io.understudy.servlet.report;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.understudy.core.candidate.Candidate;
import io.understudy.core.failure.Failure;
import io.understudy.core.failure.FailureKind;
import io.understudy.core.health.Health;
import io.understudy.core.health.HealthPolicy;
import io.understudy.core.health.LocalHealth;
import io.understudy.servlet.report.ExchangeRecord.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricsListenerTest {
    private static final Candidate A = new Candidate("a", "model-a", 1, 0, true, Set.of("chat"));
    private static final Candidate B = new Candidate("b", "model-b", 1, 0, true, Set.of("chat"));

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MetricsListener meters = MetricsListener.of(registry);

    @Test
    void what_was_absorbed_is_no_error() {
        serve(Health.alwaysAvailable());
        meters.ended(Exchanges.of(
                "gpt",
                "team",
                Outcome.SUCCESS,
                Exchanges.attempt("a", "overloaded", 10),
                Exchanges.attempt("b", null, 20)));
        meters.ended(Exchanges.of("gpt", "team", Outcome.FAILED, Exchanges.attempt("a", "overloaded", 10)));
        meters.ended(Exchanges.of("gpt", "team", Outcome.CANCELLED, Exchanges.attempt("a", "cancelled", 10)));
        assertThat(attempts("a", "absorbed", "overloaded")).isEqualTo(1);
        assertThat(attempts("b", "success", "none")).isEqualTo(1);
        assertThat(attempts("a", "error", "overloaded")).isEqualTo(1);
        assertThat(attempts("a", "cancelled", "cancelled")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"gpt, gpt", "no-such-model, other", "-, none"})
    void the_values_of_labels_are_names_of_the_configuration(String model, String label) {
        serve(Health.alwaysAvailable());
        meters.ended(Exchanges.of(model, null, Outcome.REJECTED));
        assertThat(registry.get("understudy.exchanges")
                        .tags("dialect", "chat", "model", label, "caller", "none", "outcome", "rejected")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void ten_thousand_unknown_models_make_one_series() {
        serve(Health.alwaysAvailable());
        for (int i = 0; i < 10_000; i++) {
            meters.ended(Exchanges.of("made-up-" + i, null, Outcome.REJECTED));
        }
        assertThat(registry.find("understudy.exchanges").counters()).hasSize(1);
    }

    @Test
    void calls_and_tokens_are_measured_under_the_names_of_opentelemetry() {
        serve(Health.alwaysAvailable());
        meters.ended(Exchanges.of("gpt", null, Outcome.SUCCESS, Exchanges.stream("a", 70, 800)));
        Timer duration = registry.get("gen_ai.client.operation.duration").timer();
        assertThat(duration.totalTime(MILLISECONDS)).isEqualTo(800);
        assertThat(tags(duration))
                .isEqualTo(Map.of(
                        "gen_ai.operation.name", "chat",
                        "gen_ai.provider.name", "a",
                        "gen_ai.request.model", "model-a",
                        "error.type", "none"));
        assertThat(registry.get("gen_ai.client.operation.time_to_first_chunk")
                        .timer()
                        .totalTime(MILLISECONDS))
                .isEqualTo(70);
        assertThat(tokens("input")).isEqualTo(7);
        assertThat(tokens("output")).isEqualTo(11);
    }

    @Test
    void overhead_is_measured_where_there_was_a_call() {
        serve(Health.alwaysAvailable());
        meters.ended(Exchanges.of("gpt", null, Outcome.REJECTED));
        assertThat(registry.find("understudy.overhead").timer()).isNull();
        meters.ended(Exchanges.of("gpt", null, Outcome.FAILED, Exchanges.attempt("a", "timeout", 10)));
        assertThat(registry.get("understudy.overhead").timer().totalTime(MILLISECONDS))
                .isEqualTo(3);
    }

    @Test
    void the_circuit_is_watched() {
        long[] now = {0};
        LocalHealth health = new LocalHealth(
                new HealthPolicy(1, Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(5), null),
                () -> now[0]);
        serve(health);
        assertThat(circuit("a")).isZero();
        health.admit(A).orElseThrow().close(Failure.of(FailureKind.SERVER_ERROR, 500, "m"));
        assertThat(circuit("a")).isEqualTo(2);
        assertThat(circuit("b")).isZero();
        now[0] = Duration.ofSeconds(10).toNanos();
        assertThat(circuit("a")).isEqualTo(1);
    }

    @Test
    void the_candidates_of_another_configuration_are_watched_instead() {
        serve(Health.alwaysAvailable());
        meters.serve(Map.of("gpt", List.of(B)), Health.alwaysAvailable());
        assertThat(registry.get("understudy.circuit").gauges())
                .extracting(gauge -> gauge.getId().getTag("provider"))
                .containsExactly("b");
        meters.close();
        assertThat(registry.find("understudy.circuit").gauges()).isEmpty();
    }

    @Test
    void a_registry_of_prometheus_is_taken_if_there_is_one() {
        List<Meters> found = Meters.ofClassPath();
        assertThat(found).hasSize(1);
        found.get(0).ended(Exchanges.of("gpt", null, Outcome.REJECTED));
        assertThat(found.get(0).prometheusText()).contains("understudy_exchanges_total{");
    }

    @Test
    void without_micrometer_there_are_none() throws Exception {
        Class<?> alone = new WithoutMicrometer().loadClass(Meters.class.getName());
        assertThat((List<?>) alone.getMethod("ofClassPath").invoke(null)).isEmpty();
    }

    private void serve(Health health) {
        meters.serve(Map.of("gpt", List.of(A, B), "same", List.of(A)), health);
    }

    private double attempts(String provider, String outcome, String kind) {
        return registry.get("understudy.attempts")
                .tags("provider", provider, "model", "model-" + provider, "outcome", outcome, "kind", kind)
                .counter()
                .count();
    }

    private double tokens(String type) {
        return registry.get("gen_ai.client.token.usage")
                .tag("gen_ai.token.type", type)
                .summary()
                .totalAmount();
    }

    private double circuit(String provider) {
        Gauge gauge =
                registry.get("understudy.circuit").tag("provider", provider).gauge();
        return gauge.value();
    }

    private static Map<String, String> tags(Meter meter) {
        return meter.getId().getTags().stream().collect(Collectors.toMap(Tag::getKey, Tag::getValue));
    }

    /** Loads the project's classes again, in a world that has never heard of Micrometer. */
    private static final class WithoutMicrometer extends ClassLoader {
        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("io.micrometer.")) {
                throw new ClassNotFoundException(name);
            }
            return name.startsWith("io.understudy.") ? own(name) : super.loadClass(name, resolve);
        }

        private Class<?> own(String name) throws ClassNotFoundException {
            Class<?> loaded = findLoadedClass(name);
            if (loaded != null) {
                return loaded;
            }
            try (var file = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] code = java.util.Objects.requireNonNull(file).readAllBytes();
                return defineClass(name, code, 0, code.length);
            } catch (java.io.IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
