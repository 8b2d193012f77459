package io.understudy.example;

import com.openai.core.http.Headers;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import java.util.List;
import java.util.Set;

/**
 * An answer as the official SDK understood it.
 *
 * @param completion the answer, put together from its chunks if it was streamed
 * @param models every model that the answer or one of its chunks named
 * @param headers the response's
 */
record Heard(ChatCompletion completion, Set<String> models, Headers headers) {
    String text() {
        return message().content().orElse("");
    }

    ChatCompletionMessageFunctionToolCall.Function toolCall() {
        return message().toolCalls().orElseThrow().get(0).asFunction().function();
    }

    String finishReason() {
        return completion.choices().get(0).finishReason().asString();
    }

    /** The only value of a header, or an empty string. */
    String header(String name) {
        List<String> values = headers.values(name);
        return switch (values.size()) {
            case 0 -> "";
            case 1 -> values.get(0);
            default -> throw new AssertionError("%s more than once: %s".formatted(name, values));
        };
    }

    private ChatCompletionMessage message() {
        return completion.choices().get(0).message();
    }
}
