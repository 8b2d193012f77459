package io.understudy.servlet.exchange;

import io.understudy.core.candidate.Candidate;
import io.understudy.core.failure.Failure;
import io.understudy.core.time.Ticker;
import io.understudy.servlet.config.ClientKey;
import io.understudy.servlet.dialect.Usage;
import io.understudy.servlet.inbound.InboundRequest;
import io.understudy.servlet.report.AttemptRecord;
import io.understudy.servlet.report.ExchangeRecord;
import io.understudy.servlet.report.ExchangeRecord.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What has happened in an exchange so far: the source of its report headers and of its record. Used in its loop. */
final class Journal {
    /** Nobody's model has a longer name; what a caller asks for in vain could. */
    private static final int LONGEST_NAME = 200;

    private final InboundRequest request;
    private final Instant time = Instant.now();
    private final long startedNanos = System.nanoTime();
    private final List<AttemptRecord> attempts = new ArrayList<>();

    private final Overhead overhead = new Overhead(Ticker.system());

    private @Nullable String model;
    private @Nullable String caller;
    private @Nullable Candidate served;
    private @Nullable Long firstTokenMs;
    private @Nullable Integer status;
    private @Nullable Outcome outcome;
    private Usage usage = Usage.UNKNOWN;
    private boolean degraded;

    Journal(InboundRequest request) {
        this.request = request;
    }

    /** What the caller has asked for, or the configured name that it means. */
    void model(@Nullable String name) {
        model = name == null || name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
    }

    void caller(@Nullable ClientKey key) {
        caller = key == null ? null : key.name();
    }

    /** The gateway's own time. */
    Overhead overhead() {
        return overhead;
    }

    /** What the caller calls the model, null while nothing is known of it. */
    @Nullable
    String model() {
        return model;
    }

    /** An attempt has failed before its commit point. */
    void failed(UpstreamAttempt attempt, Failure failure) {
        Integer answered = failure.status() == null ? attempt.status() : failure.status();
        attempts.add(record(attempt, failure, answered, null));
    }

    /** An attempt serves the caller. */
    void serves(UpstreamAttempt attempt, boolean streamed) {
        served = attempt.attempt().candidate();
        firstTokenMs = streamed ? elapsedMillis() : null;
        attempts.add(record(attempt, null, attempt.status(), streamed ? (Long) attempt.elapsedMillis() : null));
    }

    /**
     * The attempt that serves has ended after its commit point.
     *
     * @param failure null if its answer is whole
     */
    void ended(UpstreamAttempt attempt, @Nullable Failure failure) {
        AttemptRecord committed = attempts.remove(attempts.size() - 1);
        attempts.add(record(attempt, failure, attempt.status(), committed.firstTokenMs()));
    }

    void usage(Usage reported) {
        usage = reported;
    }

    void degraded(boolean dropped) {
        degraded = dropped;
    }

    /** What the caller gets; the first outcome counts, but for a caller who leaves before it has arrived. */
    void outcome(Outcome decided, @Nullable Integer callersStatus) {
        outcome = decided;
        status = callersStatus;
    }

    boolean isDecided() {
        return outcome != null;
    }

    int attempts() {
        return attempts.size();
    }

    /** CONTRACT's report headers as far as they are known by now. */
    Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-Understudy-Request-Id", request.requestId());
        headers.put(request.endpoint().dialect().requestIdHeader(), request.requestId());
        if (served != null) {
            headers.put("X-Understudy-Provider", served.provider());
        }
        if (served != null && model != null) {
            headers.put("X-Understudy-Model", HeaderText.safe(served.model()));
        }
        headers.put("X-Understudy-Attempts", Integer.toString(attempts.size()));
        if (!attempts.isEmpty()) {
            headers.put(
                    "X-Understudy-Trace", attempts.stream().map(Journal::trace).collect(Collectors.joining(", ")));
        }
        return headers;
    }

    ExchangeRecord record() {
        return new ExchangeRecord(
                request.requestId(),
                time,
                request.endpoint().dialect().name(),
                operation(),
                model,
                caller,
                outcome == null ? Outcome.CANCELLED : outcome,
                status,
                served == null ? null : served.provider(),
                attempts,
                firstTokenMs,
                elapsedMillis(),
                usage.inputTokens(),
                usage.outputTokens(),
                degraded,
                callerRetries(),
                overhead.total());
    }

    private String operation() {
        String path = request.endpoint().path();
        return switch (request.endpoint().operation()) {
            case GENERATE -> "chat";
            case COMPUTE -> path.substring(path.lastIndexOf('/') + 1);
            case STATE -> "state";
            case MODELS -> "models";
        };
    }

    /** The official SDKs number their tries, from 0. */
    private @Nullable Long callerRetries() {
        String count = request.header("x-stainless-retry-count");
        return count != null && count.matches("0*[1-9]\\d{0,8}") ? Long.valueOf(count) : null;
    }

    private static AttemptRecord record(
            UpstreamAttempt attempt, @Nullable Failure failure, @Nullable Integer answered, @Nullable Long firstToken) {
        Candidate candidate = attempt.attempt().candidate();
        return new AttemptRecord(
                candidate.provider(),
                candidate.model(),
                failure == null ? null : failure.kind().label(),
                answered,
                attempt.elapsedMillis(),
                firstToken,
                false,
                failure != null && failure.maybeBilled());
    }

    private long elapsedMillis() {
        return (System.nanoTime() - startedNanos) / 1_000_000;
    }

    private static String trace(AttemptRecord attempt) {
        String status = attempt.status() == null ? "-" : attempt.status().toString();
        String kind = attempt.kind() == null ? "" : ";" + attempt.kind();
        return attempt.provider() + ";" + status + ";" + attempt.durationMs() + "ms" + kind;
    }
}
