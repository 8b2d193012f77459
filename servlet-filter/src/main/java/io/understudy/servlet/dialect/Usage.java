package io.understudy.servlet.dialect;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Tokens as the provider reported them; null what it did not.
 *
 * @param inputTokens {@code prompt_tokens} or {@code input_tokens}
 * @param outputTokens {@code completion_tokens} or {@code output_tokens}
 */
public record Usage(@Nullable Long inputTokens, @Nullable Long outputTokens) {
    /** Nothing reported. */
    public static final Usage UNKNOWN = new Usage(null, null);

    /** Reads a {@code usage} value; anything but an object is nothing. */
    static Usage read(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return UNKNOWN;
        }
        Counter counter = new Counter();
        JsonFields.each(json, counter::field);
        return new Usage(counter.input, counter.output);
    }

    /** This, with what a later report says better: Anthropic's counts are cumulative. */
    public Usage updatedBy(Usage later) {
        return new Usage(
                later.inputTokens == null ? inputTokens : later.inputTokens,
                later.outputTokens == null ? outputTokens : later.outputTokens);
    }

    private static final class Counter {
        private @Nullable Long input;
        private @Nullable Long output;

        void field(String name, JsonParser json) throws IOException {
            switch (name) {
                case "prompt_tokens", "input_tokens" -> input = JsonFields.integer(json);
                case "completion_tokens", "output_tokens" -> output = JsonFields.integer(json);
                default -> {}
            }
        }
    }
}
