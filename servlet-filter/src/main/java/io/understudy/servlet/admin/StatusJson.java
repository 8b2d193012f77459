package io.understudy.servlet.admin;

import io.understudy.core.candidate.Candidate;
import io.understudy.core.health.Availability;
import io.understudy.core.health.CircuitState;
import io.understudy.core.health.Condition;
import io.understudy.servlet.config.ProviderSettings;
import io.understudy.servlet.report.CandidateFigures;
import io.understudy.servlet.report.CandidateFigures.LastFailure;
import io.understudy.servlet.report.Quantiles;
import jakarta.json.bind.annotation.JsonbPropertyOrder;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How providers and candidates stand at this moment. Public, as the records in it, because JSON-B asks for that. */
@JsonbPropertyOrder({"providers", "models"})
public record StatusJson(Map<String, ProviderJson> providers, Map<String, List<CandidateJson>> models) {
    /**
     * A provider.
     *
     * @param cooldownSeconds what is left of a cooldown of all its candidates, rounded up
     */
    @JsonbPropertyOrder({"dialects", "enabled", "cooldownSeconds"})
    public record ProviderJson(List<String> dialects, boolean enabled, long cooldownSeconds) {}

    /**
     * A candidate.
     *
     * @param circuit {@code closed}, {@code open} or {@code half-open}
     * @param cooldownSeconds how long it is not chosen, by a cooldown or its circuit, rounded up; 0 if it can be now
     */
    @JsonbPropertyOrder({
        "provider",
        "model",
        "weight",
        "priority",
        "circuit",
        "cooldownSeconds",
        "lastFailure",
        "requests",
        "failures",
        "latencyMs",
        "firstTokenMs"
    })
    public record CandidateJson(
            String provider,
            String model,
            double weight,
            int priority,
            String circuit,
            long cooldownSeconds,
            @Nullable LastFailure lastFailure,
            long requests,
            long failures,
            @Nullable Quantiles latencyMs,
            @Nullable Quantiles firstTokenMs) {}

    static StatusJson of(Observed gateway) {
        Map<String, ProviderJson> providers = new LinkedHashMap<>();
        gateway.settings().providers().forEach((name, provider) -> providers.put(name, provider(provider, gateway)));
        Map<String, List<CandidateJson>> models = new LinkedHashMap<>();
        gateway.settings()
                .models()
                .forEach((name, offers) -> models.put(
                        name,
                        offers.stream().map(offer -> candidate(offer, gateway)).toList()));
        return new StatusJson(providers, models);
    }

    private static ProviderJson provider(ProviderSettings provider, Observed gateway) {
        Candidate any = new Candidate(provider.name(), "*", 1, 0, provider.enabled(), Set.of());
        Condition condition = gateway.health().condition(any);
        return new ProviderJson(
                List.copyOf(provider.dialects()), provider.enabled(), seconds(condition.providerCooldown()));
    }

    private static CandidateJson candidate(Candidate candidate, Observed gateway) {
        Availability availability = gateway.health().availability(candidate);
        CandidateFigures figures = gateway.reports().statistics().figures(candidate);
        return new CandidateJson(
                candidate.provider(),
                candidate.model(),
                candidate.weight(),
                candidate.priority(),
                label(gateway.health().condition(candidate).circuit()),
                seconds(availability.remaining()),
                figures.lastFailure(),
                figures.requests(),
                figures.failures(),
                figures.latencyMs(),
                figures.firstTokenMs());
    }

    private static String label(CircuitState circuit) {
        return switch (circuit) {
            case CLOSED -> "closed";
            case OPEN -> "open";
            case HALF_OPEN -> "half-open";
        };
    }

    static long seconds(Duration duration) {
        return duration.plusSeconds(1).minusNanos(1).toSeconds();
    }
}
