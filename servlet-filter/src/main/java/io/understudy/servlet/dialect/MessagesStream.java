package io.understudy.servlet.dialect;

import com.fasterxml.jackson.core.JsonParser;
import io.understudy.core.failure.ErrorFacts;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The stream of a message.
 *
 * <table>
 * <caption>What its events mean, by their {@code type}</caption>
 * <tr><th>event</th><th>meaning</th></tr>
 * <tr><td>{@code ping}; {@code message_start}; {@code content_block_stop}</td><td>opening</td></tr>
 * <tr><td>{@code content_block_start} of an empty text or of empty thinking; of anything else</td>
 *     <td>opening; content</td></tr>
 * <tr><td>{@code content_block_delta} with nothing in it; with anything in it</td><td>opening; content</td></tr>
 * <tr><td>{@code message_delta} without a {@code stop_reason}; with one: an empty answer is an answer</td>
 *     <td>opening; content</td></tr>
 * <tr><td>{@code message_stop}</td><td>end</td></tr>
 * <tr><td>{@code error}; a top-level {@code error}</td><td>error</td></tr>
 * <tr><td>any other</td><td>content</td></tr>
 * <tr><td>data that is not one JSON object</td><td>malformed</td></tr>
 * </table>
 *
 * <p>The answer is whole with {@code message_stop} and not before. Usage stands in {@code message_start} and, cumulative,
 * in every {@code message_delta}.
 *
 * @see <a href="https://docs.anthropic.com/en/api/messages-streaming">Anthropic, streaming messages</a>
 */
final class MessagesStream implements StreamReader {
    private static final byte[] NOTHING = {};

    private final MessagesState state = new MessagesState();
    private boolean stopped;
    private @Nullable ErrorFacts own;
    private Usage usage = Usage.UNKNOWN;

    @Override
    public Signal read(StreamEvent event) {
        Event read = new Event(event.name());
        boolean valid = event.read(read::field);
        if (read.isError()) {
            own = read.error == null ? ErrorBody.event(event) : read.error;
            return Signal.error(own);
        }
        return valid ? read.signal() : Signal.MALFORMED;
    }

    @Override
    public boolean isWhole() {
        return stopped;
    }

    @Override
    public byte[] closing() {
        return NOTHING;
    }

    @Override
    public byte[] errorFrames(ApiError error, String requestId, @Nullable String model) {
        String type =
                new StreamError(AnthropicErrors.type(error), "").namedBy(own).type();
        return StreamEvent.frame("error", AnthropicErrors.write(type, error.message(), requestId));
    }

    @Override
    public StateReferences kept() {
        return state.found();
    }

    @Override
    public Usage usage() {
        return usage;
    }

    /** One event while it is read; its fields come in any order. */
    private final class Event {
        private final String name;
        private String type;
        private @Nullable ErrorFacts error;
        private boolean filledBlock;
        private boolean filledDelta;
        private boolean stopReason;

        Event(String name) {
            this.name = name;
            this.type = name;
        }

        void field(String key, JsonParser json) throws IOException {
            switch (key) {
                case "type" -> type = Objects.requireNonNullElse(JsonFields.text(json), type);
                case "message" -> JsonFields.eachIn(json, this::message);
                case "usage" -> usage = usage.updatedBy(Usage.read(json));
                case "content_block" -> block(json);
                case "delta" -> JsonFields.eachIn(json, this::delta);
                case "error" -> error = ErrorBody.errorValue(json);
                default -> {}
            }
        }

        private void message(String key, JsonParser json) throws IOException {
            if (key.equals("usage")) {
                usage = usage.updatedBy(Usage.read(json));
            } else {
                state.value(key, json);
            }
        }

        private void block(JsonParser json) throws IOException {
            Block block = new Block(state);
            JsonFields.eachIn(json, block::field);
            filledBlock = block.isFilled();
        }

        private void delta(String key, JsonParser json) throws IOException {
            stopReason |= key.equals("stop_reason") && JsonFields.text(json) != null;
            if (key.equals("container")) {
                state.value(key, json);
            } else {
                filledDelta |= !key.equals("type") && JsonFields.isSomething(json);
            }
        }

        boolean isError() {
            return name.equals("error") || type.equals("error") || error != null;
        }

        Signal signal() {
            return switch (type) {
                case "ping", "message_start", "content_block_stop" -> Signal.OPENING;
                case "content_block_start" -> contentIf(filledBlock);
                case "content_block_delta" -> contentIf(filledDelta);
                case "message_delta" -> contentIf(stopReason);
                case "message_stop" -> {
                    stopped = true;
                    yield Signal.END;
                }
                default -> Signal.CONTENT;
            };
        }
    }

    /** The beginning of a block: text and thinking come in their deltas, anything else is there at once. */
    private static final class Block {
        private final MessagesState state;
        private boolean comesInDeltas;
        private boolean filled;

        Block(MessagesState state) {
            this.state = state;
        }

        void field(String key, JsonParser json) throws IOException {
            if (key.equals("type")) {
                String type = JsonFields.text(json);
                comesInDeltas = "text".equals(type) || "thinking".equals(type);
            } else if (key.equals("content")) {
                filled = true;
                state.value(key, json);
            } else {
                filled |= JsonFields.isSomething(json);
            }
        }

        boolean isFilled() {
            return filled || !comesInDeltas;
        }
    }

    private static Signal contentIf(boolean content) {
        return content ? Signal.CONTENT : Signal.OPENING;
    }
}
