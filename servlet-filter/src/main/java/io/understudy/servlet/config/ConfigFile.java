package io.understudy.servlet.config;

import jakarta.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The configuration file as it is written: keys and types, nothing checked, null where a key is absent. These records
 * are the one list of known keys: {@link WireShape} compares a file with their components. An entry that was wrong is
 * null. The maps are linked ones by type, or JSON-B would lose their order. Public only because JSON-B reads no other
 * records; {@link Settings} is what the rest of the gateway sees.
 */
public record ConfigFile(
        @Nullable LinkedHashMap<String, @Nullable Provider> providers,
        @Nullable LinkedHashMap<String, @Nullable List<@Nullable Offer>> models,
        @Nullable Failover failover,
        @Nullable Timeouts timeouts,
        @Nullable Health health,
        @Nullable Streaming streaming,
        @Nullable Limits limits,
        @Nullable Headers headers,
        @Nullable String responseModel,
        @Nullable List<@Nullable Client> clientKeys,
        @Nullable Secret adminKey,
        @Nullable Boolean adminOpenOnLoopback) {

    /** An entry of {@code providers}. */
    public record Provider(
            @Nullable String type,
            @Nullable String baseUrl,
            @Nullable Secret apiKey,
            @Nullable List<@Nullable String> dialects,
            @Nullable LinkedHashMap<String, @Nullable Secret> headers,
            @Nullable LinkedHashMap<String, @Nullable Secret> query,
            @Nullable Boolean enabled,
            @Nullable LinkedHashMap<String, @Nullable String> reactions,
            @Nullable Boolean transient400,
            @Nullable List<@Nullable String> transientPatterns,
            @Nullable Boolean prefill,
            @Nullable String proxy,
            @Nullable TrustStore trustStore,
            @Nullable Integer maxConcurrent,
            @Nullable ProviderTimeouts timeouts) {}

    /** A provider's {@code trustStore}. */
    public record TrustStore(@Nullable String path, @Nullable Secret password) {}

    /** The {@code timeouts} of one provider; the others span all providers or concern the caller. */
    public record ProviderTimeouts(
            @Nullable String connect, @Nullable String firstToken, @Nullable String response, @Nullable String idle) {}

    /** A candidate of a model. */
    public record Offer(
            @Nullable String provider,
            @Nullable String model,
            @Nullable Double weight,
            @Nullable Integer priority,
            @Nullable Boolean enabled,
            @Nullable Boolean sameSpace) {}

    /** {@code failover}; {@code jitter} is a string or a number. */
    public record Failover(
            @Nullable Integer maxProviderAttempts,
            @Nullable Integer sameProviderRetries,
            @Nullable String baseDelay,
            @Nullable String maxDelay,
            @Nullable Double exponentialBase,
            @Nullable JsonValue jitter,
            @Nullable String maxRetryAfter,
            @Nullable Boolean delayOnSwitch,
            @Nullable Boolean resendAfterWrite,
            @Nullable LinkedHashMap<String, @Nullable String> reactions) {}

    /** The top-level {@code timeouts}. */
    public record Timeouts(
            @Nullable String connect,
            @Nullable String firstToken,
            @Nullable String response,
            @Nullable String idle,
            @Nullable String exchange,
            @Nullable String stalledWrite) {}

    /** {@code health}. */
    public record Health(
            @Nullable Boolean enabled,
            @Nullable Integer consecutiveFailures,
            @Nullable String openTime,
            @Nullable String maxOpenTime,
            @Nullable String cooldown,
            @Nullable RetryBudget retryBudget) {}

    /** {@code health.retryBudget}, where null means off. */
    public record RetryBudget(@Nullable Double percent, @Nullable Double minPerSecond) {}

    /** {@code streaming}. */
    public record Streaming(
            @Nullable String commitOn,
            @Nullable String heartbeat,
            @Nullable String onBreak,
            @Nullable Boolean abortAfterError) {}

    /** {@code limits}; the sizes are strings or numbers. */
    public record Limits(
            @Nullable JsonValue maxRequestBytes,
            @Nullable JsonValue maxResponseBytes,
            @Nullable JsonValue maxBufferedBytes,
            @Nullable Integer maxConcurrent) {}

    /** {@code headers}. */
    public record Headers(@Nullable Boolean report, @Nullable List<@Nullable String> forward) {}

    /** An entry of {@code clientKeys}; a plain string there is the {@code key}. */
    public record Client(@Nullable String name, @Nullable Secret key, @Nullable List<@Nullable String> models) {}
}
