package io.understudy.servlet.report;

import io.understudy.servlet.report.ExchangeRecord.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records of exchanges that never were. */
final class Exchanges {
    private Exchanges() {}

    static ExchangeRecord named(String requestId) {
        return exchange(requestId, "gpt", null, Outcome.REJECTED, List.of());
    }

    /** One for the public model {@code model}. */
    static ExchangeRecord of(
            @Nullable String model, @Nullable String caller, Outcome outcome, AttemptRecord... attempts) {
        return exchange("id", model, caller, outcome, List.of(attempts));
    }

    /** A call of {@code provider} that failed if there is a kind. */
    static AttemptRecord attempt(String provider, @Nullable String kind, long durationMs) {
        return new AttemptRecord(provider, "model-" + provider, kind, null, durationMs, null, false, false);
    }

    /** A stream of {@code provider}. */
    static AttemptRecord stream(String provider, long firstTokenMs, long durationMs) {
        return new AttemptRecord(provider, "model-" + provider, null, 200, durationMs, firstTokenMs, false, false);
    }

    private static ExchangeRecord exchange(
            String requestId,
            @Nullable String model,
            @Nullable String caller,
            Outcome outcome,
            List<AttemptRecord> attempts) {
        return new ExchangeRecord(
                requestId,
                Instant.EPOCH,
                "chat",
                "chat",
                model,
                caller,
                outcome,
                200,
                null,
                attempts,
                null,
                1000,
                7L,
                11L,
                false,
                null,
                Duration.ofMillis(3));
    }
}
