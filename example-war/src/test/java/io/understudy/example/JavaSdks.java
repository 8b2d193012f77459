package io.understudy.example;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseStreamEvent;
import java.util.List;
import java.util.function.Function;

/**
 * The official Java SDKs, used as applications use them that look at each event: what such a loop does not notice it takes
 * for a whole answer.
 */
final class JavaSdks implements AutoCloseable {
    private static final String QUESTION = "Who is on tonight?";

    private final OpenAIClient openai;
    private final AnthropicClient anthropic;
    private final String model;

    /**
     * Callers that try nothing twice.
     *
     * @param url of the gateway, without {@code /v1}
     */
    JavaSdks(String url, String model) {
        this.openai = OpenAIOkHttpClient.builder()
                .baseUrl(url + "/v1")
                .apiKey("sk-of-the-caller")
                .maxRetries(0)
                .build();
        this.anthropic = AnthropicOkHttpClient.builder()
                .baseUrl(url)
                .apiKey("sk-of-the-caller")
                .maxRetries(0)
                .build();
        this.model = model;
    }

    /** The text of a stream that was heard to its end. */
    String streamed(String dialect) {
        return switch (dialect) {
            case "chat" -> chat();
            case "messages" -> messages();
            case "responses" -> responses();
            default -> throw new IllegalArgumentException(dialect);
        };
    }

    @Override
    public void close() {
        openai.close();
        anthropic.close();
    }

    private String chat() {
        ChatCompletionCreateParams question = ChatCompletionCreateParams.builder()
                .model(model)
                .addUserMessage(QUESTION)
                .build();
        List<ChatCompletionChunk> heard;
        try (var events = openai.chat().completions().createStreaming(question)) {
            heard = events.stream().toList();
        }
        return whole(heard, chunks -> {
            ChatCompletionAccumulator whole = ChatCompletionAccumulator.create();
            chunks.forEach(whole::accumulate);
            return whole.chatCompletion().choices().get(0).message().content().orElseThrow();
        });
    }

    private String messages() {
        MessageCreateParams question = MessageCreateParams.builder()
                .model(model)
                .maxTokens(1024)
                .addUserMessage(QUESTION)
                .build();
        List<RawMessageStreamEvent> heard;
        try (var events = anthropic.messages().createStreaming(question)) {
            heard = events.stream().toList();
        }
        return whole(heard, events -> {
            MessageAccumulator whole = MessageAccumulator.create();
            events.forEach(whole::accumulate);
            return whole.message().content().get(0).asText().text();
        });
    }

    private String responses() {
        ResponseCreateParams question =
                ResponseCreateParams.builder().model(model).input(QUESTION).build();
        List<ResponseStreamEvent> heard;
        try (var events = openai.responses().createStreaming(question)) {
            heard = events.stream().toList();
        }
        return whole(heard, events -> {
            ResponseAccumulator whole = ResponseAccumulator.create();
            events.forEach(whole::accumulate);
            return whole.response()
                    .output()
                    .get(0)
                    .asMessage()
                    .content()
                    .get(0)
                    .asOutputText()
                    .text();
        });
    }

    /** The loop has ended without an error: so the answer is whole, or was silently cut. */
    private static <E> String whole(List<E> heard, Function<List<E>, String> accumulated) {
        try {
            return accumulated.apply(heard);
        } catch (RuntimeException e) {
            throw new AssertionError("silently cut after %d events: %s".formatted(heard.size(), heard), e);
        }
    }
}
