package io.understudy.servlet.dialect;

import io.understudy.core.failure.ErrorFacts;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The stream of a response.
 *
 * <table>
 * <caption>What its events mean, by their {@code type}</caption>
 * <tr><th>event</th><th>meaning</th></tr>
 * <tr><td>{@code response.created}, {@code response.queued}, {@code response.in_progress}</td><td>opening</td></tr>
 * <tr><td>{@code keepalive}, {@code ping}</td><td>opening</td></tr>
 * <tr><td>{@code response.output_item.added} with a message or reasoning; with anything else</td>
 *     <td>opening; content</td></tr>
 * <tr><td>any other {@code ….added}, such as {@code response.content_part.added}</td><td>opening</td></tr>
 * <tr><td>{@code ….delta} with nothing in it; with anything in it</td><td>opening; content</td></tr>
 * <tr><td>{@code response.completed}, {@code response.incomplete}</td><td>end</td></tr>
 * <tr><td>{@code response.failed}; {@code error}; a top-level {@code error}</td><td>error</td></tr>
 * <tr><td>any other</td><td>content</td></tr>
 * <tr><td>data that is not one JSON object</td><td>malformed</td></tr>
 * </table>
 *
 * <p>The answer is whole with one of its two ends and not before; there is no {@code [DONE]}. Usage stands in the end.
 * Events are numbered by {@code sequence_number}; those that tell of a break carry the numbers after the last one that
 * was passed on.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/responses-streaming">OpenAI, responses streaming</a>
 */
final class ResponsesStream implements StreamReader {
    private static final byte[] NOTHING = {};
    private static final StreamError BREAK = new StreamError("server_error", "server_error");

    private final StateIds kept = ResponsesState.ofItem();
    private boolean ended;
    private long lastNumber = -1;
    private @Nullable ResponseSnapshot snapshot;
    private @Nullable ErrorFacts own;
    private Usage usage = Usage.UNKNOWN;

    @Override
    public Signal read(StreamEvent event) {
        ResponsesEvent read = new ResponsesEvent(event.name(), lastNumber, kept);
        boolean valid = event.read(read::field);
        usage = usage.updatedBy(read.usage());
        if (read.isError()) {
            own = Objects.requireNonNullElseGet(read.error(), () -> ErrorBody.event(event));
            return Signal.error(own);
        }
        if (!valid) {
            return Signal.MALFORMED;
        }
        note(event, read);
        return read.signal();
    }

    private void note(StreamEvent event, ResponsesEvent read) {
        lastNumber = read.number();
        ended = read.isEnd();
        if (snapshot == null && read.id() != null && read.response() != null) {
            snapshot = ResponseSnapshot.of(event, read.response(), read.id(), read.model());
        }
    }

    @Override
    public boolean isWhole() {
        return ended;
    }

    @Override
    public byte[] closing() {
        return NOTHING;
    }

    @Override
    public byte[] errorFrames(ApiError error, String requestId, @Nullable String model) {
        StreamError named = BREAK.namedBy(own);
        ResponseSnapshot response = snapshot == null ? ResponseSnapshot.essence("resp_" + requestId, model) : snapshot;
        return Splice.joined(
                StreamEvent.frame("error", error(named, error.message(), lastNumber + 1)),
                StreamEvent.frame(
                        "response.failed", failed(response.failed(named.code(), error.message()), lastNumber + 2)));
    }

    @Override
    public StateReferences kept() {
        return StateReferences.to(kept.ids());
    }

    @Override
    public Usage usage() {
        return usage;
    }

    /** Flat, as OpenAI documents it, and nested, as it sends it: some SDKs understand the one, some the other. */
    private static byte[] error(StreamError named, String message, long number) {
        return JsonFields.write(json -> {
            json.writeStartObject();
            json.writeStringField("type", "error");
            json.writeNumberField("sequence_number", number);
            json.writeStringField("code", named.code());
            json.writeStringField("message", message);
            json.writeNullField("param");
            json.writeObjectFieldStart("error");
            json.writeStringField("type", named.type());
            json.writeStringField("code", named.code());
            json.writeStringField("message", message);
            json.writeNullField("param");
            json.writeEndObject();
            json.writeEndObject();
        });
    }

    private static byte[] failed(byte[] response, long number) {
        return Splice.joined(
                Splice.ascii("{\"type\":\"response.failed\",\"sequence_number\":" + number + ",\"response\":"),
                response,
                Splice.ascii("}"));
    }
}
