package io.understudy.servlet.dialect;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.understudy.core.failure.ErrorFacts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * The stream of a chat completion.
 *
 * <table>
 * <caption>What its events mean</caption>
 * <tr><th>event</th><th>meaning</th></tr>
 * <tr><td>{@code choices} empty or missing; a delta with only {@code role}, or with nothing in it</td><td>opening</td></tr>
 * <tr><td>a delta with text, reasoning, tool calls, a function call, a refusal, audio, or anything unknown</td>
 *     <td>content</td></tr>
 * <tr><td>a {@code finish_reason}</td><td>content: an empty answer is an answer</td></tr>
 * <tr><td>{@code finish_reason: "error"}, a top-level {@code error}, {@code event: error}</td><td>error</td></tr>
 * <tr><td>{@code [DONE]}</td><td>end</td></tr>
 * <tr><td>data that is not one JSON object</td><td>malformed</td></tr>
 * </table>
 *
 * <p>The answer is whole when every choice that was begun has its {@code finish_reason}: the closing {@code [DONE]} adds
 * nothing that a reader would miss, and not every provider sends it. Usage stands in the chunk that brings it, which is the
 * last, with empty {@code choices}, if it comes at all.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/chat-streaming">OpenAI, chat streaming</a>
 */
final class ChatStream implements StreamReader {
    private static final String DONE = "[DONE]";
    private static final byte[] CLOSING = "data: [DONE]\n\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NOTHING = {};
    private static final StreamError BREAK = new StreamError("server_error", "upstream_stream_error");

    private final BitSet begun = new BitSet();
    private final BitSet finished = new BitSet();
    private boolean done;
    private @Nullable ErrorFacts own;
    private Usage usage = Usage.UNKNOWN;

    @Override
    public Signal read(StreamEvent event) {
        if (event.dataIs(DONE)) {
            done = true;
            return Signal.END;
        }
        if (event.name().equals("error")) {
            return failed(ErrorBody.event(event));
        }
        Chunk chunk = new Chunk();
        return event.read(chunk::field) ? chunk.signal() : Signal.MALFORMED;
    }

    private Signal failed(ErrorFacts facts) {
        own = facts;
        return Signal.error(facts);
    }

    @Override
    public boolean isWhole() {
        return done || (!finished.isEmpty() && finished.equals(begun));
    }

    @Override
    public byte[] closing() {
        return isWhole() && !done ? CLOSING.clone() : NOTHING;
    }

    @Override
    public byte[] errorFrames(ApiError error, String requestId, @Nullable String model) {
        StreamError named = BREAK.namedBy(own);
        return StreamEvent.frame("error", OpenAiErrors.write(error.message(), named.type(), named.code()));
    }

    @Override
    public Usage usage() {
        return usage;
    }

    /** One chunk while it is read. */
    private final class Chunk {
        private boolean content;
        private @Nullable ErrorFacts error;

        Signal signal() {
            if (error != null) {
                return failed(error);
            }
            return content ? Signal.CONTENT : Signal.OPENING;
        }

        void field(String name, JsonParser json) throws IOException {
            switch (name) {
                case "choices" -> choices(json);
                case "error" -> error = ErrorBody.errorValue(json);
                case "usage" -> usage = usage.updatedBy(Usage.read(json));
                default -> {}
            }
        }

        private void choices(JsonParser json) throws IOException {
            if (json.currentToken() != JsonToken.START_ARRAY) {
                return;
            }
            while (json.nextToken() != JsonToken.END_ARRAY) {
                if (json.currentToken() == JsonToken.START_OBJECT) {
                    Choice choice = new Choice();
                    JsonFields.each(json, choice::field);
                    choice.close(this);
                } else {
                    json.skipChildren();
                }
            }
        }
    }

    /** One choice of a chunk while it is read; its fields come in any order. */
    private final class Choice {
        private int index;
        private boolean content;
        private @Nullable String finishReason;

        void field(String name, JsonParser json) throws IOException {
            switch (name) {
                case "index" -> index = index(json);
                case "delta" -> delta(json);
                case "finish_reason" -> finishReason = json.getValueAsString();
                default -> {}
            }
        }

        /** Kept within what a choice's number can sensibly be: it becomes a place in a set of bits. */
        private static int index(JsonParser json) throws IOException {
            Long integer = JsonFields.integer(json);
            return integer == null ? 0 : (int) Math.min(Math.max(integer, 0), 1023);
        }

        private void delta(JsonParser json) throws IOException {
            JsonFields.eachIn(json, (name, value) -> content |= !name.equals("role") && JsonFields.isSomething(value));
        }

        void close(Chunk chunk) {
            begun.set(index);
            if ("error".equals(finishReason)) {
                chunk.error = chunk.error == null ? ErrorBody.unnamed("finish_reason: error") : chunk.error;
            } else if (finishReason != null) {
                finished.set(index);
                chunk.content = true;
            }
            chunk.content |= content;
        }
    }
}
