package io.understudy.servlet.report;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.understudy.core.candidate.Candidate;
import io.understudy.core.health.Health;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Meters of exchanges with Micrometer. The names are OpenTelemetry's for generative AI where it has one (semantic
 * conventions, status: development, with their buckets); an operation is an upstream call.
 *
 * <table>
 * <caption>Meters</caption>
 * <tr><th>name</th><th>what</th><th>labels</th></tr>
 * <tr><td>{@code gen_ai.client.operation.duration}</td><td>upstream calls, seconds</td><td>gen_ai.operation.name,
 *     gen_ai.provider.name, gen_ai.request.model, error.type</td></tr>
 * <tr><td>{@code gen_ai.client.operation.time_to_first_chunk}</td><td>streams up to their first content, seconds</td>
 *     <td>the first three of them</td></tr>
 * <tr><td>{@code gen_ai.client.token.usage}</td><td>tokens of an exchange as reported</td><td>the same and
 *     gen_ai.token.type</td></tr>
 * <tr><td>{@code understudy.attempts}</td><td>upstream calls, counted</td><td>provider, model, outcome, kind</td></tr>
 * <tr><td>{@code understudy.exchanges}</td><td>requests, counted</td><td>dialect, model, caller, outcome</td></tr>
 * <tr><td>{@code understudy.overhead}</td><td>{@link ExchangeRecord#overhead()} of exchanges with a call, seconds</td>
 *     <td>dialect</td></tr>
 * <tr><td>{@code understudy.circuit}</td><td>0 closed, 1 half-open, 2 open</td><td>provider, model</td></tr>
 * </table>
 *
 * <p>The values of labels are names of the configuration; {@code other} stands for any other, {@code none} for nothing.
 */
public final class MetricsListener implements Meters {
    private static final String NONE = "none";
    private static final String OTHER = "other";

    /** 10 ms, doubled thirteen times: the convention's. */
    private static final Duration[] OPERATION_BUCKETS = Stream.iterate(Duration.ofMillis(10), d -> d.multipliedBy(2))
            .limit(14)
            .toArray(Duration[]::new);

    /** 1, quadrupled thirteen times: the convention's. */
    private static final double[] TOKEN_BUCKETS =
            DoubleStream.iterate(1, tokens -> tokens * 4).limit(14).toArray();

    /** 50 µs, doubled thirteen times, to 0.4 s. */
    private static final Duration[] OVERHEAD_BUCKETS = Stream.iterate(Duration.ofNanos(50_000), d -> d.multipliedBy(2))
            .limit(14)
            .toArray(Duration[]::new);

    private final MeterRegistry registry;
    private final Supplier<@Nullable String> prometheus;
    private final MultiGauge circuits;
    private volatile Known known = new Known(Set.of(), Set.of());

    /** Names that the configuration knows; the upstream ones as provider and model. */
    private record Known(Set<String> models, Set<List<String>> candidates) {
        static Known of(Map<String, List<Candidate>> models) {
            return new Known(
                    Set.copyOf(models.keySet()),
                    candidates(models)
                            .map(candidate -> List.of(candidate.provider(), candidate.model()))
                            .collect(Collectors.toUnmodifiableSet()));
        }

        static Stream<Candidate> candidates(Map<String, List<Candidate>> models) {
            return models.values().stream().flatMap(List::stream);
        }

        String model(@Nullable String name) {
            return name == null ? NONE : models.contains(name) ? name : OTHER;
        }

        String upstreamModel(AttemptRecord attempt) {
            return candidates.contains(List.of(attempt.provider(), attempt.model())) ? attempt.model() : OTHER;
        }
    }

    private MetricsListener(MeterRegistry registry, Supplier<@Nullable String> prometheus) {
        this.registry = registry;
        this.prometheus = prometheus;
        this.circuits = MultiGauge.builder("understudy.circuit")
                .description("The candidate's circuit: 0 closed, 1 half-open, 2 open")
                .register(registry);
    }

    /** Meters in this registry. */
    public static MetricsListener of(MeterRegistry registry) {
        return new MetricsListener(registry, () -> null);
    }

    static MetricsListener ofGlobalRegistry() {
        return of(Metrics.globalRegistry);
    }

    /** Meters in this registry, which can be read as a text. */
    static MetricsListener of(MeterRegistry registry, Supplier<@Nullable String> prometheus) {
        return new MetricsListener(registry, prometheus);
    }

    @Override
    public void serve(Map<String, List<Candidate>> models, Health health) {
        known = Known.of(models);
        circuits.register(
                Known.candidates(models)
                        .collect(Collectors.toMap(MetricsListener::tags, candidate -> candidate, (one, same) -> one))
                        .entrySet()
                        .stream()
                        .<MultiGauge.Row<?>>map(
                                row -> MultiGauge.Row.of(row.getKey(), () -> circuit(health, row.getValue())))
                        .toList(),
                true);
    }

    private static Tags tags(Candidate candidate) {
        return Tags.of("provider", candidate.provider(), "model", candidate.model());
    }

    private static int circuit(Health health, Candidate candidate) {
        return switch (health.condition(candidate).circuit()) {
            case CLOSED -> 0;
            case HALF_OPEN -> 1;
            case OPEN -> 2;
        };
    }

    @Override
    public @Nullable String prometheusText() {
        return prometheus.get();
    }

    @Override
    public void ended(ExchangeRecord exchange) {
        Known names = known;
        Counter.builder("understudy.exchanges")
                .description("Requests of callers, by how they ended")
                .tag("dialect", exchange.dialect())
                .tag("model", names.model(exchange.model()))
                .tag("caller", exchange.caller() == null ? NONE : exchange.caller())
                .tag("outcome", exchange.outcome().label())
                .register(registry)
                .increment();
        exchange.attempts().forEach(attempt -> count(exchange, attempt, names));
        if (!exchange.attempts().isEmpty()) {
            timer("understudy.overhead", "The gateway's own time before the answer", OVERHEAD_BUCKETS)
                    .tag("dialect", exchange.dialect())
                    .register(registry)
                    .record(exchange.overhead());
            countTokens(exchange, names);
        }
    }

    private void count(ExchangeRecord exchange, AttemptRecord attempt, Known names) {
        String kind = attempt.kind() == null ? NONE : attempt.kind();
        Counter.builder("understudy.attempts")
                .description("Upstream calls, by how they ended")
                .tag("provider", attempt.provider())
                .tag("model", names.upstreamModel(attempt))
                .tag("outcome", outcome(attempt))
                .tag("kind", kind)
                .register(registry)
                .increment();
        Tags operation = operation(exchange, attempt, names);
        timer("gen_ai.client.operation.duration", "GenAI operation duration", OPERATION_BUCKETS)
                .tags(operation)
                .tag("error.type", kind)
                .register(registry)
                .record(Duration.ofMillis(attempt.durationMs()));
        Long firstToken = attempt.firstTokenMs();
        if (firstToken != null) {
            timer("gen_ai.client.operation.time_to_first_chunk", "Time to receive the first chunk", OPERATION_BUCKETS)
                    .tags(operation)
                    .register(registry)
                    .record(Duration.ofMillis(firstToken));
        }
    }

    /** What has been absorbed is no error: the caller never saw it. */
    private static String outcome(AttemptRecord attempt) {
        if (attempt.kind() == null) {
            return "success";
        }
        if (attempt.kind().equals("cancelled")) {
            return "cancelled";
        }
        return attempt.absorbed() ? "absorbed" : "error";
    }

    private void countTokens(ExchangeRecord exchange, Known names) {
        AttemptRecord last = exchange.attempts().get(exchange.attempts().size() - 1);
        Tags operation = operation(exchange, last, names);
        countTokens(operation.and("gen_ai.token.type", "input"), exchange.inputTokens());
        countTokens(operation.and("gen_ai.token.type", "output"), exchange.outputTokens());
    }

    private void countTokens(Tags tags, @Nullable Long tokens) {
        if (tokens != null) {
            DistributionSummary.builder("gen_ai.client.token.usage")
                    .description("Number of input and output tokens used")
                    .serviceLevelObjectives(TOKEN_BUCKETS)
                    .tags(tags)
                    .register(registry)
                    .record(tokens);
        }
    }

    private static Tags operation(ExchangeRecord exchange, AttemptRecord attempt, Known names) {
        return Tags.of(
                "gen_ai.operation.name",
                exchange.operation(),
                "gen_ai.provider.name",
                attempt.provider(),
                "gen_ai.request.model",
                names.upstreamModel(attempt));
    }

    private static Timer.Builder timer(String name, String description, Duration... buckets) {
        return Timer.builder(name).description(description).serviceLevelObjectives(buckets);
    }

    /** What was counted stays; what is watched is let go. */
    @Override
    public void close() {
        circuits.register(List.of(), true);
    }
}
