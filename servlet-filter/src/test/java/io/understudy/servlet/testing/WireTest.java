package io.understudy.servlet.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.OpenAIException;
import com.openai.errors.OpenAIServiceException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseStreamEvent;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The wire texts are what the official SDK takes for a provider's. */
class WireTest {
    private static final ChatWire CHAT = new ChatWire("gpt-4o-2024-08-06");
    private static final ResponsesWire RESPONSES = new ResponsesWire("gpt-4o-2024-08-06");
    private static final MessagesWire MESSAGES = new MessagesWire("claude-sonnet-4-5-20250929");

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private final OpenAIClient sdk = OpenAIOkHttpClient.builder()
            .baseUrl(upstream.baseUrl())
            .apiKey("sk-test")
            .maxRetries(0)
            .build();

    @AfterEach
    void close() {
        sdk.close();
        upstream.close();
    }

    @Test
    void a_chat_answer_has_its_text() {
        upstream.then(Reply.json(200, CHAT.answer("\"Grüße\"\n")));
        ChatCompletion answer = sdk.chat().completions().create(chat());
        assertThat(answer.validate().choices().get(0).message().content()).hasValue("\"Grüße\"\n");
        assertThat(answer.usage().orElseThrow().completionTokens()).isEqualTo(10);
    }

    @Test
    void a_chat_stream_has_its_text() {
        upstream.then(Reply.stream(CHAT.streamed("Hello", " world").all()));
        assertThat(streamedChat().choices().get(0).message().content()).hasValue("Hello world");
    }

    @Test
    void a_chat_tool_call_has_its_arguments() {
        upstream.then(
                Reply.json(200, CHAT.toolAnswer("weather", "{\"city\":\"Ulm\"}")),
                Reply.stream(
                        CHAT.streamedTool("weather", "{\"city\":", "\"Ulm\"}").all()));
        assertThat(List.of(sdk.chat().completions().create(chat()), streamedChat()))
                .allSatisfy(answer -> assertThat(answer.choices()
                                .get(0)
                                .message()
                                .toolCalls()
                                .orElseThrow()
                                .get(0)
                                .asFunction()
                                .function())
                        .satisfies(call -> {
                            assertThat(call.name()).isEqualTo("weather");
                            assertThat(call.arguments()).isEqualTo("{\"city\":\"Ulm\"}");
                        }));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 404, 422, 429, 500, 503, 529})
    void a_chat_error_has_its_message(int status) {
        upstream.then(Reply.json(status, CHAT.error(status)));
        assertThatExceptionOfType(OpenAIServiceException.class)
                .isThrownBy(() -> sdk.chat().completions().create(chat()))
                .satisfies(error -> {
                    assertThat(error.statusCode()).isEqualTo(status);
                    assertThat(error.code()).isPresent();
                    assertThat(error.type()).isPresent();
                });
    }

    @Test
    void an_error_event_breaks_a_chat_stream() {
        upstream.then(Reply.stream(List.of(CHAT.errorEvent("server_error", "out of paper"))));
        assertThatExceptionOfType(OpenAIException.class)
                .isThrownBy(this::streamedChat)
                .withMessageContaining("out of paper");
    }

    @Test
    void a_response_has_its_text() {
        upstream.then(
                Reply.json(200, RESPONSES.answer("Hello")),
                Reply.stream(RESPONSES.streamed("Hel", "lo").all()));
        assertThat(sdk.responses()
                        .create(responses())
                        .validate()
                        .output()
                        .get(0)
                        .asMessage()
                        .content())
                .singleElement()
                .satisfies(part -> assertThat(part.asOutputText().text()).isEqualTo("Hello"));
        assertThat(streamedResponse()
                        .response()
                        .output()
                        .get(0)
                        .asMessage()
                        .content()
                        .get(0)
                        .asOutputText()
                        .text())
                .isEqualTo("Hello");
    }

    @Test
    void a_response_tool_call_has_its_arguments() {
        upstream.then(Reply.stream(RESPONSES.streamedTool("weather", "{}").all()));
        assertThat(streamedResponse()
                        .response()
                        .output()
                        .get(0)
                        .asFunctionCall()
                        .arguments())
                .isEqualTo("{}");
    }

    @ParameterizedTest
    @MethodSource("jsonTexts")
    void every_text_is_json(String text) {
        assertThatCode(() -> parse(text)).doesNotThrowAnyException();
    }

    static Stream<String> jsonTexts() {
        return Stream.of(CHAT, RESPONSES, MESSAGES).flatMap(WireTest::jsonTextsOf);
    }

    private static Stream<String> jsonTextsOf(Wire wire) {
        Stream<String> events = Stream.of(
                        wire.streamed("a", "b").all(),
                        wire.streamedTool("t", "{}").all(),
                        List.of(wire.errorEvent("c", "m")))
                .flatMap(List::stream)
                .map(event -> event.substring(event.indexOf("data: ") + 6))
                .filter(data -> !data.startsWith("[DONE]"));
        Stream<String> errors =
                Stream.of(400, 401, 404, 422, 429, 500, 503, 529).map(wire::error);
        Stream<String> bodies = Stream.of(
                wire.request("m", "t"), wire.streamedRequest("m", "t"), wire.answer("t"), wire.toolAnswer("t", "{}"));
        return Stream.of(events, errors, bodies).flatMap(texts -> texts);
    }

    private static void parse(String text) throws IOException {
        try (JsonParser parser = new JsonFactory().createParser(text)) {
            while (parser.nextToken() != null) {
                parser.getText();
            }
        }
    }

    private static ChatCompletionCreateParams chat() {
        return ChatCompletionCreateParams.builder()
                .model("m")
                .addUserMessage("Hi")
                .build();
    }

    private static ResponseCreateParams responses() {
        return ResponseCreateParams.builder().model("m").input("Hi").build();
    }

    private ChatCompletion streamedChat() {
        ChatCompletionAccumulator whole = ChatCompletionAccumulator.create();
        try (StreamResponse<ChatCompletionChunk> events =
                sdk.chat().completions().createStreaming(chat())) {
            events.stream().forEach(whole::accumulate);
        }
        return whole.chatCompletion();
    }

    private ResponseAccumulator streamedResponse() {
        ResponseAccumulator whole = ResponseAccumulator.create();
        try (StreamResponse<ResponseStreamEvent> events = sdk.responses().createStreaming(responses())) {
            events.stream().forEach(whole::accumulate);
        }
        return whole;
    }
}
