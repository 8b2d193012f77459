package io.understudy.example;

import static io.understudy.example.Duo.MODEL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.InternalServerException;
import com.openai.errors.NotFoundException;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseFunctionToolCall;
import com.openai.models.responses.ResponseInputContent;
import com.openai.models.responses.ResponseInputImage;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseOutputItem;
import com.openai.models.responses.ResponseStreamEvent;
import io.understudy.servlet.testing.Frames;
import io.understudy.servlet.testing.ReceivedRequest;
import io.understudy.servlet.testing.Reply;
import io.understudy.servlet.testing.ResponsesWire;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Responses, embeddings and models through OpenAI's official SDK. */
class ResponsesIT {
    private static final ResponsesWire WIRE = new ResponsesWire("served");
    private static final String ID = "resp_68af4030592c81938ec0a5fbab4a3e9f05438e46b5f69a3b";

    private static Duo duo;
    private static OpenAIClient sdk;

    @BeforeAll
    static void open() {
        duo = Duo.of("openai", "responses", "embeddings");
        sdk = OpenAIOkHttpClient.builder()
                .baseUrl(duo.url() + "/v1")
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

        assertThat(text(sdk.responses().create(question().build()))).isEqualTo("Good evening.");
    }

    @Test
    void a_tool_call_arrives_whole() {
        duo.first()
                .then(
                        Reply.json(200, WIRE.toolAnswer("weather", "{\"city\":\"Ulm\"}")),
                        Reply.stream(WIRE.streamedTool("weather", "{\"city\":", "\"Ulm\"}")
                                .all()));

        assertThat(List.of(sdk.responses().create(question().build()), streamed()))
                .allSatisfy(response -> {
                    ResponseFunctionToolCall call = response.output().get(0).asFunctionCall();
                    assertThat(call.name()).isEqualTo("weather");
                    assertThat(call.arguments()).isEqualTo("{\"city\":\"Ulm\"}");
                });
    }

    @Test
    void reasoning_arrives_whole() {
        String item =
                """
                {"id":"rs_1","type":"reasoning","summary":[{"type":"summary_text","text":"Hm, %s"}],"encrypted_content":"gAAA"}""";
        Frames frames = WIRE.streamed("Yes.");
        List<String> events = new ArrayList<>(frames.opening().subList(0, 2));
        events.add(event("response.output_item.added", "\"output_index\":0,\"item\":" + item.formatted("")));
        events.add(event(
                "response.reasoning_summary_text.delta",
                "\"item_id\":\"rs_1\",\"output_index\":0,\"summary_index\":0,\"delta\":\"Hm, \""));
        events.add(event("response.output_item.done", "\"output_index\":0,\"item\":" + item.formatted("well.")));
        events.add(frames.ending().get(3).replace("\"output\":[", "\"output\":[" + item.formatted("well.") + ","));
        duo.first().then(Reply.stream(events));

        assertThat(streamed().output().get(0).asReasoning().summary().get(0).text())
                .isEqualTo("Hm, well.");
    }

    @Test
    void an_image_goes_up_as_the_sdk_sends_it() {
        String image = "data:image/png;base64," + "iVBORw0KGgo".repeat(50_000);
        duo.first().then(Reply.json(200, WIRE.answer("A cat.")));
        ResponseInputItem message = ResponseInputItem.ofMessage(ResponseInputItem.Message.builder()
                .role(ResponseInputItem.Message.Role.USER)
                .content(List.of(ResponseInputContent.ofInputImage(ResponseInputImage.builder()
                        .detail(ResponseInputImage.Detail.AUTO)
                        .imageUrl(image)
                        .build())))
                .build());

        Response response = sdk.responses()
                .create(ResponseCreateParams.builder()
                        .model(MODEL)
                        .inputOfResponse(List.of(message))
                        .build());

        assertThat(text(response)).isEqualTo("A cat.");
        assertThat(latest().text()).contains(image, "\"" + Duo.FIRST_MODEL + "\"");
    }

    @Test
    void a_conversation_stays_with_the_provider_that_keeps_it() {
        duo.first().then(Reply.json(503, WIRE.error(503)));
        duo.second().always(Reply.json(200, WIRE.answer("Kept.")));
        Response begun = sdk.responses().create(question().build());
        int before = duo.first().requests().size();

        assertThat(begun.id()).isEqualTo(ID);
        assertThat(text(sdk.responses().create(question().previousResponseId(ID).build())))
                .isEqualTo("Kept.");
        assertThat(text(sdk.responses().retrieve(ID))).isEqualTo("Kept.");
        assertThat(text(sdk.responses().cancel(ID))).isEqualTo("Kept.");
        sdk.responses().delete(ID);
        assertThat(duo.second().requests().stream().map(request -> request.requestLine()))
                .endsWith(
                        "GET /v1/responses/" + ID + " HTTP/1.1",
                        "POST /v1/responses/" + ID + "/cancel HTTP/1.1",
                        "DELETE /v1/responses/" + ID + " HTTP/1.1");
        assertThat(duo.first().requests()).hasSize(before);
    }

    @Test
    void an_error_of_the_gateway_is_one_of_the_sdk() {
        duo.reply(Reply.json(503, WIRE.error(503)), Reply.json(500, WIRE.error(500)));

        assertThatExceptionOfType(InternalServerException.class)
                .isThrownBy(() -> sdk.responses().create(question().build()))
                .satisfies(e -> assertThat(e.code()).contains("all_providers_failed"));
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(
                        () -> sdk.responses().create(question().model("nobody").build()))
                .satisfies(e -> assertThat(e.code()).contains("model_not_found"));
    }

    @Test
    void embeddings_arrive() {
        duo.reply(
                Reply.json(500, WIRE.error(500)),
                Reply.json(
                        200,
                        """
                        {"object":"list","model":"m","data":[{"object":"embedding","index":0,"embedding":[0.5,-1e-3]}],\
                        "usage":{"prompt_tokens":2,"total_tokens":2}}"""));

        List<Float> embedding = sdk.embeddings()
                .create(EmbeddingCreateParams.builder()
                        .model(MODEL)
                        .input("text")
                        .build())
                .validate()
                .data()
                .get(0)
                .embedding();

        assertThat(embedding).containsExactly(0.5f, -1e-3f);
    }

    @Test
    void models_are_listed_from_the_configuration() {
        assertThat(sdk.models().list().data())
                .hasSize(1)
                .allSatisfy(model -> assertThat(model.validate().id()).isEqualTo(MODEL));
        assertThat(sdk.models().retrieve(MODEL).validate().ownedBy()).isEqualTo("understudy");
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> sdk.models().retrieve("nobody"));
    }

    private static ResponseCreateParams.Builder question() {
        return ResponseCreateParams.builder().model(MODEL).input("Who is on tonight?");
    }

    private static Response streamed() {
        ResponseAccumulator whole = ResponseAccumulator.create();
        try (StreamResponse<ResponseStreamEvent> events =
                sdk.responses().createStreaming(question().build())) {
            events.stream().forEach(whole::accumulate);
        }
        return whole.response();
    }

    private static String text(Response response) {
        return response.output().stream()
                .map(ResponseOutputItem::asMessage)
                .flatMap(message -> message.content().stream())
                .map(content -> content.asOutputText().text())
                .reduce("", String::concat);
    }

    private static String event(String type, String members) {
        return "event: %1$s\ndata: {\"type\":\"%1$s\",\"sequence_number\":2,%2$s}\n\n".formatted(type, members);
    }

    private static ReceivedRequest latest() {
        return duo.first().requests().get(duo.first().requests().size() - 1);
    }
}
