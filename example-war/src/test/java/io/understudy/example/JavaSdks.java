package io.understudy.example;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseStreamEvent;
import java.util.List;
import java.util.function.Function;

/**
 * The official Java SDKs, used as applications use them that look at each event: what such a loop does not notice it takes
 * for a whole answer.
 */
public final class JavaSdks implements AutoCloseable {
    private static final String QUESTION = "Who is on tonight?";

    private final OpenAIClient openai;
    private final AnthropicClient anthropic;
    private final String model;

    /**
     * Callers that try nothing twice.
     *
     * @param url of the gateway, without {@code /v1}
     */
    public JavaSdks(String url, String model) {
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

    /** The text of a plain answer. */
    public String plain(String dialect) {
        return switch (dialect) {
            case "chat" -> text(openai.chat().completions().create(chat()));
            case "messages" -> text(anthropic.messages().create(messages()));
            case "responses" -> text(openai.responses().create(responses()));
            default -> throw new IllegalArgumentException(dialect);
        };
    }

    /** The text of a stream that was heard to its end. */
    public String streamed(String dialect) {
        return switch (dialect) {
            case "chat" -> streamedChat();
            case "messages" -> streamedMessages();
            case "responses" -> streamedResponses();
            default -> throw new IllegalArgumentException(dialect);
        };
    }

    @Override
    public void close() {
        openai.close();
        anthropic.close();
    }

    private String streamedChat() {
        List<ChatCompletionChunk> heard;
        try (var events = openai.chat().completions().createStreaming(chat())) {
            heard = events.stream().toList();
        }
        return whole(heard, chunks -> {
            ChatCompletionAccumulator whole = ChatCompletionAccumulator.create();
            chunks.forEach(whole::accumulate);
            return text(whole.chatCompletion());
        });
    }

    private String streamedMessages() {
        List<RawMessageStreamEvent> heard;
        try (var events = anthropic.messages().createStreaming(messages())) {
            heard = events.stream().toList();
        }
        return whole(heard, events -> {
            MessageAccumulator whole = MessageAccumulator.create();
            events.forEach(whole::accumulate);
            return text(whole.message());
        });
    }

    private String streamedResponses() {
        List<ResponseStreamEvent> heard;
        try (var events = openai.responses().createStreaming(responses())) {
            heard = events.stream().toList();
        }
        return whole(heard, events -> {
            ResponseAccumulator whole = ResponseAccumulator.create();
            events.forEach(whole::accumulate);
            return text(whole.response());
        });
    }

    private ChatCompletionCreateParams chat() {
        return ChatCompletionCreateParams.builder()
                .model(model)
                .addUserMessage(QUESTION)
                .build();
    }

    private MessageCreateParams messages() {
        return MessageCreateParams.builder()
                .model(model)
                .maxTokens(1024)
                .addUserMessage(QUESTION)
                .build();
    }

    private ResponseCreateParams responses() {
        return ResponseCreateParams.builder().model(model).input(QUESTION).build();
    }

    private static String text(ChatCompletion completion) {
        return completion.choices().get(0).message().content().orElseThrow();
    }

    private static String text(Message message) {
        return message.content().get(0).asText().text();
    }

    private static String text(Response response) {
        return response.output()
                .get(0)
                .asMessage()
                .content()
                .get(0)
                .asOutputText()
                .text();
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
