package io.understudy.example;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCountTokensParams;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.StopReason;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseStatus;
import com.openai.models.responses.ResponseStreamEvent;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What a newcomer sees of the demo in the dialects other than {@code chat}. Each has a model of its own here, so that no
 * test changes the health of another's candidates: the first two calls of either kind fail, and the third is answered.
 */
class DemoDialectsIT {
    private static final String CLAUDE = "claude-sonnet-4-5";
    private static final String GPT = "gpt-4o";
    private static final String EMBEDDING = "text-embedding-3-small";
    private static final String OVERLOADED_THEN_ERROR =
            "demo-flaky;%s;\\d+ms;overloaded, demo-flaky;200;\\d+ms;\\w+, demo-healthy;200;\\d+ms";
    private static final String BROKEN_OFF = "demo-flaky;200;\\d+ms;\\w+, .*demo-(healthy|flaky);200;\\d+ms";

    private static RunningWar war;
    private static AnthropicClient anthropic;
    private static OpenAIClient openai;

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void start() {
        war = RunningWar.demo();
        anthropic = AnthropicOkHttpClient.builder()
                .baseUrl(war.url())
                .apiKey("unused")
                .maxRetries(0)
                .build();
        openai = OpenAIOkHttpClient.builder()
                .baseUrl(war.url() + "/v1")
                .apiKey("unused")
                .maxRetries(0)
                .build();
    }

    @AfterAll
    static void stop() {
        anthropic.close();
        openai.close();
        war.close();
    }

    @Test
    void messages_are_answered_whatever_fails() throws Exception {
        String messages =
                """
                {"model": "claude-sonnet-4-5", "max_tokens": 256, "messages": [{"role": "user", "content": "Who steps in?"}]}""";
        HttpResponse<String> plain = post("/v1/messages", messages);
        assertThat(trace(plain)).matches(OVERLOADED_THEN_ERROR.formatted("529"));
        assertThat(plain.body()).contains("\"stop_reason\":\"end_turn\"", "\"output_tokens\":");

        HttpResponse<String> stream = post("/v1/messages", messages.replaceFirst("\\{", "{\"stream\": true, "));
        assertThat(trace(stream)).matches(BROKEN_OFF);
        assertThat(stream.body())
                .containsOnlyOnce("event: message_start\n")
                .endsWith("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n");

        MessageCreateParams question = MessageCreateParams.builder()
                .model(CLAUDE)
                .maxTokens(256)
                .addUserMessage("Who steps in?")
                .build();
        Message message = anthropic.messages().create(question).validate();
        assertThat(message.content().get(0).asText().text()).isNotBlank();
        assertThat(message.usage().outputTokens()).isPositive();

        MessageAccumulator whole = MessageAccumulator.create();
        try (var events = anthropic.messages().createStreaming(question)) {
            events.stream().map(RawMessageStreamEvent::validate).forEach(whole::accumulate);
        }
        assertThat(whole.message().stopReason()).contains(StopReason.END_TURN);
        assertThat(whole.message().usage().outputTokens()).isPositive();
        assertThat(anthropic
                        .messages()
                        .countTokens(MessageCountTokensParams.builder()
                                .model(CLAUDE)
                                .addUserMessage("Who steps in?")
                                .build())
                        .validate()
                        .inputTokens())
                .isPositive();
    }

    @Test
    void responses_are_answered_whatever_fails() throws Exception {
        String request = "{\"model\": \"gpt-4o\", \"input\": \"Who steps in?\"}";
        HttpResponse<String> plain = post("/v1/responses", request);
        assertThat(trace(plain)).matches(OVERLOADED_THEN_ERROR.formatted("503"));
        assertThat(plain.body()).contains("\"status\":\"completed\"", "\"total_tokens\":");

        HttpResponse<String> stream = post("/v1/responses", request.replaceFirst("\\{", "{\"stream\": true, "));
        assertThat(trace(stream)).matches(BROKEN_OFF);
        assertThat(stream.body())
                .containsOnlyOnce("event: response.created\n")
                .containsOnlyOnce("event: response.completed\n");

        ResponseCreateParams question =
                ResponseCreateParams.builder().model(GPT).input("Who steps in?").build();
        assertAnswered(openai.responses().create(question).validate());

        ResponseAccumulator whole = ResponseAccumulator.create();
        try (var events = openai.responses().createStreaming(question)) {
            events.stream().map(ResponseStreamEvent::validate).forEach(whole::accumulate);
        }
        assertAnswered(whole.response());
    }

    @Test
    void embeddings_are_the_same_in_either_form_whatever_fails() throws Exception {
        String request = "{\"model\": \"text-embedding-3-small\", \"input\": [\"a\", \"b\"], \"dimensions\": 8}";
        HttpResponse<String> plain = post("/v1/embeddings", request);
        assertThat(trace(plain)).matches(OVERLOADED_THEN_ERROR.formatted("503"));

        EmbeddingCreateParams.Builder params =
                EmbeddingCreateParams.builder().model(EMBEDDING).dimensions(8).inputOfArrayOfStrings(List.of("a", "b"));
        CreateEmbeddingResponse byDefault =
                openai.embeddings().create(params.build()).validate();
        CreateEmbeddingResponse floats = openai.embeddings()
                .create(params.encodingFormat(EmbeddingCreateParams.EncodingFormat.FLOAT)
                        .build())
                .validate();
        assertThat(byDefault.data()).hasSize(2);
        for (int i = 0; i < 2; i++) {
            assertThat(byDefault.data().get(i).embedding())
                    .hasSize(8)
                    .isEqualTo(floats.data().get(i).embedding());
        }
        assertThat(byDefault.usage().totalTokens()).isPositive();
        assertThat(plain.body())
                .contains(floats.data().get(0).embedding().get(0).toString());
    }

    private static void assertAnswered(Response response) {
        assertThat(response.status()).contains(ResponseStatus.COMPLETED);
        assertThat(response.output()
                        .get(0)
                        .asMessage()
                        .content()
                        .get(0)
                        .asOutputText()
                        .text())
                .isNotBlank();
        assertThat(response.usage().orElseThrow().outputTokens()).isPositive();
    }

    private static String trace(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("X-Understudy-Demo")).hasValue("true");
        return answer.headers().firstValue("X-Understudy-Trace").orElse("");
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(war.url() + path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }
}
