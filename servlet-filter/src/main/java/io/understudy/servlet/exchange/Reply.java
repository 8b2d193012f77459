package io.understudy.servlet.exchange;

import io.understudy.servlet.config.HeaderSettings;
import io.understudy.servlet.config.StreamingSettings;
import io.understudy.servlet.dialect.ApiError;
import io.understudy.servlet.dialect.Dialect;
import io.understudy.servlet.dialect.JsonFields;
import io.understudy.servlet.dialect.StreamReader;
import io.understudy.servlet.inbound.InboundRequest;
import io.understudy.servlet.inbound.Quoted;
import io.understudy.servlet.relay.CallerOutput;
import io.understudy.servlet.upstream.HeaderRules;
import io.understudy.servlet.upstream.Masking;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Everything that is said to the caller, in its dialect and with the report headers. Used in the exchange's loop. */
final class Reply {
    /** A wait that a client may well sit out: then its SDK should try again, otherwise not. */
    private static final Duration SHORT_WAIT = Duration.ofSeconds(60);

    private final CallerOutput output;
    private final InboundRequest request;
    private final Dialect dialect;
    private final Journal journal;
    private final Masking masking;
    private final HeaderSettings headers;
    private final StreamingSettings streaming;

    Reply(
            CallerOutput output,
            InboundRequest request,
            Journal journal,
            Masking masking,
            HeaderSettings headers,
            StreamingSettings streaming) {
        this.output = output;
        this.request = request;
        this.dialect = request.endpoint().dialect();
        this.journal = journal;
        this.masking = masking;
        this.headers = headers;
        this.streaming = streaming;
    }

    CallerOutput output() {
        return output;
    }

    /** A whole answer of an upstream. */
    void success(UpstreamAnswer answer) {
        Map<String, List<String>> headers = headers(passed(answer.headers(), answer.forCaller()));
        headers.put("Content-Type", List.of(answer.contentType()));
        output.answer(answer.status(), headers, answer.body());
    }

    /** An upstream's error answer that is the caller's business: as it came, but for keys. */
    void upstreamError(UpstreamAnswer answer) {
        Map<String, List<String>> headers = headers(passed(answer.headers(), answer.forCaller()));
        headers.put("x-should-retry", List.of("false"));
        String text = masking.mask(new String(answer.body(), StandardCharsets.UTF_8));
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        if (JsonFields.isJson(body)) {
            headers.put("Content-Type", List.of(answer.contentType()));
            output.answer(answer.status(), headers, body);
        } else {
            headers.put("Content-Type", List.of("application/json"));
            String message = "the provider answered with a body that is not JSON: " + Quoted.of(text);
            ApiError wrapped = ApiError.failure(answer.status(), "unparseable_error", message);
            output.answer(answer.status(), headers, dialect.errorBody(wrapped, request.requestId()));
        }
    }

    /** An error of the gateway's own; as an event if the answer has been opened already. */
    void error(ApiError error, @Nullable Duration retryAfter) {
        if (output.isOpen()) {
            brokenStream(dialect.newStream(), error);
            return;
        }
        Map<String, List<String>> headers = headers(Map.of());
        headers.put("Content-Type", List.of("application/json"));
        Duration wait = error.status() == 429 || error.status() == 503 ? retryAfter : null;
        if (wait != null) {
            headers.put("Retry-After", List.of(Long.toString(seconds(wait))));
        }
        if (!error.callersFault()) {
            headers.put("x-should-retry", List.of(Boolean.toString(wait != null && wait.compareTo(SHORT_WAIT) <= 0)));
        }
        output.answer(error.status(), headers, dialect.errorBody(error, request.requestId()));
    }

    /** The head of a stream; does nothing the second time. */
    void openStream(Map<String, List<String>> upstreamHeaders, boolean forCaller) {
        if (!output.isOpen()) {
            Map<String, List<String>> headers = headers(passed(upstreamHeaders, forCaller));
            headers.put("Content-Type", List.of("text/event-stream"));
            headers.put("Cache-Control", List.of("no-cache, no-transform"));
            headers.put("X-Accel-Buffering", List.of("no"));
            output.openStream(200, headers);
        }
    }

    /** The end of a stream that is not whole: the events that make every SDK raise an error, and no marker. */
    void brokenStream(StreamReader reader, ApiError error) {
        output.write(reader.errorFrames(error, request.requestId(), journal.model()));
        output.flush();
        if (streaming.abortAfterError()) {
            output.breakOff();
        } else {
            output.finish();
        }
    }

    /** What the caller gets of an upstream's headers; one that repeats a key repeats it in vain. */
    private Map<String, List<String>> passed(Map<String, List<String>> upstreamHeaders, boolean forCaller) {
        Map<String, List<String>> passed =
                forCaller ? HeaderRules.ofCallers(upstreamHeaders) : HeaderRules.down(upstreamHeaders);
        passed.replaceAll((name, values) -> values.stream().map(masking::mask).toList());
        return passed;
    }

    /** The report over what is passed on, and room for more. */
    private Map<String, List<String>> headers(Map<String, List<String>> passed) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(passed);
        if (this.headers.report()) {
            journal.headers().forEach((name, value) -> headers.put(name, List.of(value)));
        }
        return headers;
    }

    private static long seconds(Duration wait) {
        return Math.max(1, (wait.toMillis() + 999) / 1000);
    }
}
