package io.understudy.servlet.fake;

import io.understudy.core.candidate.Candidate;
import io.understudy.core.failover.FailoverPolicy;
import io.understudy.servlet.config.HeaderSettings;
import io.understudy.servlet.config.HealthSettings;
import io.understudy.servlet.config.LimitSettings;
import io.understudy.servlet.config.ProviderSettings;
import io.understudy.servlet.config.ProviderType;
import io.understudy.servlet.config.ResponseModel;
import io.understudy.servlet.config.Secret;
import io.understudy.servlet.config.Settings;
import io.understudy.servlet.config.StreamingSettings;
import io.understudy.servlet.config.TimeoutSettings;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Configurations with every value at its default but for what a test is about. */
public final class Configured {
    private Configured() {}

    /** A provider at {@code https://api.test/v1}. */
    public static ProviderSettings provider(String name, ProviderType type) {
        return provider(name, type, "https://api.test/v1", Map.of(), Map.of());
    }

    /** A provider with the key {@code sk-own-key}, headers and query. */
    public static ProviderSettings provider(
            String name, ProviderType type, String baseUrl, Map<String, String> headers, Map<String, String> query) {
        return provider(name, type, baseUrl, headers, query, TimeoutSettings.defaults());
    }

    private static ProviderSettings provider(
            String name,
            ProviderType type,
            String baseUrl,
            Map<String, String> headers,
            Map<String, String> query,
            TimeoutSettings timeouts) {
        return new ProviderSettings(
                name,
                type,
                URI.create(baseUrl),
                new Secret("sk-own-key"),
                new LinkedHashSet<>(type.dialects()),
                headers,
                query,
                true,
                false,
                List.of(),
                null,
                null,
                null,
                timeouts);
    }

    /** An enabled candidate for {@code chat}. */
    public static Candidate candidate(String provider, String model) {
        return new Candidate(provider, model, 1, 0, true, Set.of("chat"));
    }

    /** A configuration of these models, whose candidates' providers are all of OpenAI's type. */
    public static Settings settings(Map<String, List<Candidate>> models) {
        return settings(models, StreamingSettings.defaults());
    }

    /** The same with its own way of streaming. */
    public static Settings settings(Map<String, List<Candidate>> models, StreamingSettings streaming) {
        return settings(models, streaming, TimeoutSettings.defaults());
    }

    /** The same, but the first token of a stream is late as soon as time passes at all. */
    public static Settings impatient(Map<String, List<Candidate>> models) {
        TimeoutSettings usual = TimeoutSettings.defaults();
        TimeoutSettings impatient = new TimeoutSettings(
                usual.connect(),
                Duration.ofNanos(1),
                usual.response(),
                usual.idle(),
                usual.exchange(),
                usual.stalledWrite());
        return settings(models, StreamingSettings.defaults(), impatient);
    }

    /** The same with its own times. */
    public static Settings settings(
            Map<String, List<Candidate>> models, StreamingSettings streaming, TimeoutSettings timeouts) {
        Map<String, ProviderSettings> providers = new LinkedHashMap<>();
        models.values().stream()
                .flatMap(List::stream)
                .map(Candidate::provider)
                .forEach(name -> providers.put(
                        name,
                        provider(name, ProviderType.OPENAI, "https://api.test/v1", Map.of(), Map.of(), timeouts)));
        return new Settings(
                providers,
                models,
                Map.of(),
                FailoverPolicy.defaults(),
                timeouts,
                HealthSettings.defaults(),
                streaming,
                LimitSettings.defaults(1L << 30),
                HeaderSettings.defaults(),
                ResponseModel.SERVED,
                List.of(),
                null,
                false,
                List.of());
    }
}
