package io.understudy.example;

import static io.understudy.example.Duo.MODEL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.errors.InternalServerException;
import com.anthropic.errors.NotFoundException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.Base64ImageSource;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCountTokensParams;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.ToolUseBlock;
import io.understudy.servlet.testing.Frames;
import io.understudy.servlet.testing.Headers;
import io.understudy.servlet.testing.MessagesWire;
import io.understudy.servlet.testing.ReceivedRequest;
import io.understudy.servlet.testing.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Messages through Anthropic's official SDK. */
class MessagesIT {
    private static final MessagesWire WIRE = new MessagesWire("served");

    private static Duo duo;
    private static AnthropicClient sdk;

    @BeforeAll
    static void open() {
        duo = Duo.of("anthropic", "messages");
        sdk = AnthropicOkHttpClient.builder()
                .baseUrl(duo.url())
                .apiKey("sk-of-the-caller")
                .maxRetries(0)
                .build();
    }

    @AfterAll
    static void close() {
        sdk.close();
        duo.close();
    }

    static Stream<Mishap> beforeAnAnswer() {
        return Mishap.beforeAnAnswer(WIRE);
    }

    @ParameterizedTest
    @MethodSource("beforeAnAnswer")
    void the_second_provider_answers(Mishap mishap) {
        duo.reply(mishap.reply(), Reply.json(200, WIRE.answer("Good evening.")));

        assertThat(text(sdk.messages().create(question().build()))).isEqualTo("Good evening.");
    }

    @Test
    void a_stream_arrives_whole() {
        duo.first().then(Reply.stream(WIRE.streamed("Good ", "evening.").all()));

        Message message = streamed();

        assertThat(text(message)).isEqualTo("Good evening.");
        assertThat(message.stopReason()).contains(StopReason.END_TURN);
        assertThat(message.usage().inputTokens()).isEqualTo(25);
    }

    @Test
    void a_tool_call_arrives_whole() {
        duo.first()
                .then(
                        Reply.json(200, WIRE.toolAnswer("weather", "{\"city\":\"Ulm\"}")),
                        Reply.stream(WIRE.streamedTool("weather", "{\"city\":", "\"Ulm\"}")
                                .all()));

        assertThat(List.of(sdk.messages().create(question().build()), streamed()))
                .allSatisfy(message -> {
                    ToolUseBlock call = message.content().get(0).asToolUse();
                    assertThat(call.name()).isEqualTo("weather");
                    assertThat(call._input().toString()).isEqualTo("{city=Ulm}");
                    assertThat(message.stopReason()).contains(StopReason.TOOL_USE);
                });
    }

    @Test
    void thinking_arrives_whole_with_its_signature() {
        Frames frames = WIRE.streamed("Yes.");
        List<String> events = new ArrayList<>();
        events.add(frames.opening().get(0));
        events.add(event(
                "content_block_start",
                "\"content_block\":{\"type\":\"thinking\",\"thinking\":\"\",\"signature\":\"\"}"));
        events.add(event("content_block_delta", "\"delta\":{\"type\":\"thinking_delta\",\"thinking\":\"Hm, well.\"}"));
        events.add(event("content_block_delta", "\"delta\":{\"type\":\"signature_delta\",\"signature\":\"EqQB\"}"));
        events.addAll(frames.ending());
        duo.first().then(Reply.stream(events));

        Message message = streamed();

        assertThat(message.content().get(0).asThinking().thinking()).isEqualTo("Hm, well.");
        assertThat(message.content().get(0).asThinking().signature()).isEqualTo("EqQB");
    }

    @Test
    void an_image_goes_up_as_the_sdk_sends_it() {
        String image = "iVBORw0KGgo".repeat(50_000);
        duo.first().then(Reply.json(200, WIRE.answer("A cat.")));

        Message message = sdk.messages()
                .create(MessageCreateParams.builder()
                        .model(MODEL)
                        .maxTokens(9)
                        .addUserMessageOfContentBlockParams(
                                List.of(ContentBlockParam.ofImage(Base64ImageSource.builder()
                                        .mediaType(Base64ImageSource.MediaType.IMAGE_PNG)
                                        .data(image)
                                        .build())))
                        .build());

        assertThat(text(message)).isEqualTo("A cat.");
        assertThat(latest().text()).contains(image, "\"" + Duo.FIRST_MODEL + "\"");
    }

    @Test
    void version_betas_and_key_are_what_they_should_be() {
        duo.first().then(Reply.json(200, WIRE.answer("Hi")));

        sdk.messages()
                .create(question()
                        .putAdditionalHeader("anthropic-beta", "effort-2025-11-24")
                        .build());

        Headers headers = latest().headers();
        assertThat(headers.all("anthropic-version")).hasSize(1);
        assertThat(headers.all("anthropic-beta")).containsExactly("effort-2025-11-24");
        assertThat(headers.all("x-api-key")).containsExactly("sk-of-first");
    }

    @Test
    void tokens_are_counted_by_a_provider() {
        duo.reply(Reply.json(529, WIRE.error(529)), Reply.json(200, "{\"input_tokens\":2095}"));

        long tokens = sdk.messages()
                .countTokens(MessageCountTokensParams.builder()
                        .model(MODEL)
                        .addUserMessage("How long is this?")
                        .build())
                .inputTokens();

        assertThat(tokens).isEqualTo(2095);
    }

    @Test
    void an_error_of_the_gateway_is_one_of_the_sdk_and_names_the_request() {
        duo.reply(Reply.json(529, WIRE.error(529)), Reply.json(500, WIRE.error(500)));

        assertThatExceptionOfType(InternalServerException.class)
                .isThrownBy(() -> sdk.messages().create(question().build()))
                .satisfies(MessagesIT::namesTheRequest);
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(
                        () -> sdk.messages().create(question().model("nobody").build()))
                .satisfies(MessagesIT::namesTheRequest);
    }

    @Test
    void models_are_listed_from_the_configuration() {
        assertThat(sdk.models().list().data())
                .hasSize(1)
                .allSatisfy(model -> assertThat(model.validate().id()).isEqualTo(MODEL));
        assertThat(sdk.models().retrieve(MODEL).validate().displayName()).isEqualTo(MODEL);
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> sdk.models().retrieve("nobody"));
    }

    private static void namesTheRequest(AnthropicServiceException e) {
        assertThat(e.requestId())
                .isEqualTo(
                        e.headers().values("X-Understudy-Request-Id").stream().findFirst());
        assertThat(e.requestId()).isPresent();
    }

    private static MessageCreateParams.Builder question() {
        return MessageCreateParams.builder().model(MODEL).maxTokens(1024).addUserMessage("Who is on tonight?");
    }

    private static Message streamed() {
        MessageAccumulator whole = MessageAccumulator.create();
        try (StreamResponse<RawMessageStreamEvent> events =
                sdk.messages().createStreaming(question().build())) {
            events.stream().forEach(whole::accumulate);
        }
        return whole.message();
    }

    private static String text(Message message) {
        return message.content().get(0).asText().text();
    }

    private static String event(String type, String members) {
        return "event: %1$s\ndata: {\"type\":\"%1$s\",\"index\":0,%2$s}\n\n".formatted(type, members);
    }

    private static ReceivedRequest latest() {
        return duo.first().requests().get(duo.first().requests().size() - 1);
    }
}
