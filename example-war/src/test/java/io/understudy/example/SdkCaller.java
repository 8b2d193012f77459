package io.understudy.example;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.HttpResponseFor;
import com.openai.core.http.StreamResponse;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import java.util.Set;
import java.util.TreeSet;

/** An application that calls a gateway with OpenAI's official SDK, which is told not to try anything twice. */
final class SdkCaller implements AutoCloseable {
    static final String API_KEY = "sk-of-the-caller";

    private final OpenAIClient sdk;

    /**
     * A caller.
     *
     * @param baseUrl of the gateway, with {@code /v1}
     */
    SdkCaller(String baseUrl) {
        this.sdk = OpenAIOkHttpClient.builder()
                .baseUrl(baseUrl)
                .apiKey(API_KEY)
                .maxRetries(0)
                .build();
    }

    /** Asks for a plain answer. */
    Heard plain(String model) {
        try (HttpResponseFor<ChatCompletion> response =
                sdk.chat().completions().withRawResponse().create(question(model))) {
            ChatCompletion completion = response.parse().validate();
            return new Heard(completion, Set.of(completion.model()), response.headers());
        }
    }

    /** Asks for a stream and hears it to its end. */
    Heard streamed(String model) {
        ChatCompletionAccumulator whole = ChatCompletionAccumulator.create();
        Set<String> models = new TreeSet<>();
        try (HttpResponseFor<StreamResponse<ChatCompletionChunk>> response =
                        sdk.chat().completions().withRawResponse().createStreaming(question(model));
                StreamResponse<ChatCompletionChunk> chunks = response.parse()) {
            chunks.stream().forEach(chunk -> models.add(whole.accumulate(chunk).model()));
            return new Heard(whole.chatCompletion(), models, response.headers());
        }
    }

    @Override
    public void close() {
        sdk.close();
    }

    private static ChatCompletionCreateParams question(String model) {
        return ChatCompletionCreateParams.builder()
                .model(model)
                .addUserMessage("Who is on tonight?")
                .build();
    }
}
