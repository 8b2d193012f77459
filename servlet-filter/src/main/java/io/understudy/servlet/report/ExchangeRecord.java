package io.understudy.servlet.report;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Everything there is to tell about one exchange, once it has ended. Holds no secret and nothing of what was said.
 *
 * @param time when it began
 * @param operation what was asked for: {@code chat}, {@code embeddings}, {@code count_tokens}, or {@code state} for
 *     something that a provider keeps
 * @param model the public name that the caller asked for, null if none is known
 * @param caller the name of the caller's key, null without client keys
 * @param status what the caller got, null if it left before
 * @param provider who served, null if nobody did
 * @param firstTokenMs from the request to the commit point of a stream
 * @param durationMs from the request to the end
 * @param inputTokens as the provider reported them
 * @param outputTokens as the provider reported them
 * @param degraded whether an event that was not JSON had to be dropped
 * @param callerRetries how often the caller's SDK had tried before, as it says; null if it does not, or not at all
 * @param overhead the gateway's own time before the answer: from the moment the request had been read to the moment the
 *     answer began to be written, without upstream calls and pauses
 */
public record ExchangeRecord(
        String requestId,
        Instant time,
        String dialect,
        String operation,
        @Nullable String model,
        @Nullable String caller,
        Outcome outcome,
        @Nullable Integer status,
        @Nullable String provider,
        List<AttemptRecord> attempts,
        @Nullable Long firstTokenMs,
        long durationMs,
        @Nullable Long inputTokens,
        @Nullable Long outputTokens,
        boolean degraded,
        @Nullable Long callerRetries,
        Duration overhead) {
    /** Marks failed attempts as absorbed if the exchange succeeded all the same. */
    public ExchangeRecord {
        attempts = outcome == Outcome.SUCCESS
                ? attempts.stream().map(AttemptRecord::inSuccess).toList()
                : List.copyOf(attempts);
    }

    /** How an exchange ends. */
    public enum Outcome {
        /** The caller got a whole answer. */
        SUCCESS,
        /** The caller got an error. */
        FAILED,
        /** The caller left. */
        CANCELLED,
        /** The request was refused without a call. */
        REJECTED;

        /** Its name in records and metrics. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
