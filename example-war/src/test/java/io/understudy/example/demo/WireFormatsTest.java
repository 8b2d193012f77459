package io.understudy.example.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.offset;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the dialects other than {@code chat} look like; that the SDKs get on with it is seen with the built WAR. */
class WireFormatsTest {
    private static final Answer ANSWER = new Answer("abc", "fp", 1_795_000_000, List.of("One", " two", " three"));
    private static final String MESSAGES =
            """
            {"model": "m", "max_tokens": 9, "system": "Be brief.", "messages": [{"role": "user", "content": "Who?"}]}""";
    private static final String RESPONSES = """
            {"model": "m", "input": "Who steps in?"}""";

    private final MessagesWire messages = new MessagesWire();
    private final ResponsesWire responses = new ResponsesWire();
    private final EmbeddingsWire embeddings = new EmbeddingsWire();

    @Test
    void a_message_tells_what_it_has_used() {
        JsonObject answer = json(messages.answer(call(messages, MESSAGES), ANSWER));

        assertThat(answer.getString("id")).isEqualTo("msg_abc");
        assertThat(answer.getJsonArray("content").getJsonObject(0).getString("text"))
                .isEqualTo("One two three");
        assertThat(answer.getString("stop_reason")).isEqualTo("end_turn");
        assertThat(answer.getJsonObject("usage").getInt("input_tokens")).isPositive();
        assertThat(answer.getJsonObject("usage").getInt("output_tokens")).isEqualTo(3);
    }

    @Test
    void a_streamed_message_has_the_events_of_a_real_one() {
        StreamScript script = messages.stream(call(messages, MESSAGES), ANSWER);

        assertThat(types(script.opening())).containsExactly("message_start", "content_block_start", "ping");
        assertThat(types(String.join("", script.content()))).hasSize(3).containsOnly("content_block_delta");
        assertThat(types(script.closing())).containsExactly("content_block_stop", "message_delta", "message_stop");
    }

    @Test
    void counted_tokens_are_those_that_the_message_then_tells() {
        CountTokensWire count = new CountTokensWire();
        JsonObject message = json(messages.answer(call(messages, MESSAGES), ANSWER));

        assertThat(json(count.answer(call(count, MESSAGES), ANSWER)).getInt("input_tokens"))
                .isEqualTo(message.getJsonObject("usage").getInt("input_tokens"));
    }

    @Test
    void a_streamed_response_is_numbered_from_0_and_ends_with_the_whole_of_it() {
        Call call = call(responses, RESPONSES);
        StreamScript script = responses.stream(call, ANSWER);
        List<JsonObject> events = data(script.opening() + String.join("", script.content()) + script.closing());
        JsonObject last = events.get(events.size() - 1);

        assertThat(types(script.opening()))
                .containsExactly(
                        "response.created",
                        "response.in_progress",
                        "response.output_item.added",
                        "response.content_part.added");
        assertThat(events)
                .extracting(event -> event.getInt("sequence_number"))
                .containsExactlyElementsOf(IntStream.range(0, 11).boxed().toList());
        assertThat(last.getString("type")).isEqualTo("response.completed");
        assertThat(last.getJsonObject("response")).isEqualTo(json(responses.answer(call, ANSWER)));
        assertThat(last.getJsonObject("response").getJsonObject("usage").getInt("output_tokens"))
                .isEqualTo(3);
    }

    @Test
    void errors_are_the_vendors_own() {
        Call call = call(messages, MESSAGES);

        assertThat(messages.errors().overloaded()).isEqualTo(529);
        assertThat(messages.errorEvent(Turn.ERROR_IN_ANSWER, call))
                .startsWith("event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"api_error\"");
        assertThat(json(messages.errors().error(Turn.OVERLOADED, call))
                        .getJsonObject("error")
                        .getString("type"))
                .isEqualTo("overloaded_error");
        assertThat(responses.errors().overloaded()).isEqualTo(503);
        assertThat(responses.errorEvent(Turn.ERROR_IN_ANSWER, call))
                .startsWith("event: error\ndata: {\"type\":\"error\",\"sequence_number\":0,\"error\":{\"message\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"text\" | 1",
                "[\"text\"] | 1",
                "[\"text\", \"another\"] | 2",
                "[1, 2, 3] | 1",
                "[[1, 2], [3]] | 2"
            })
    void each_input_has_a_vector(String input, int vectors) {
        JsonObject answer = embed("{\"model\": \"m\", \"input\": " + input + "}");

        assertThat(answer.getJsonArray("data")).hasSize(vectors).allSatisfy(item -> assertThat(
                        item.asJsonObject().getJsonArray("embedding"))
                .hasSize(Embedding.DIMENSIONS));
    }

    @Test
    void a_text_has_the_same_vector_alone_and_among_others() {
        JsonObject alone = embed("{\"model\": \"m\", \"input\": \"text\"}");
        JsonObject among = embed("{\"model\": \"m\", \"input\": [\"another\", \"text\"]}");

        assertThat(vector(among, 1)).isEqualTo(vector(alone, 0)).isNotEqualTo(vector(among, 0));
    }

    @Test
    void a_vector_is_as_long_as_asked_and_of_length_1() {
        List<Float> vector = vector(embed("{\"model\": \"m\", \"input\": \"text\", \"dimensions\": 256}"), 0);

        assertThat(vector).hasSize(256);
        assertThat(vector.stream().mapToDouble(part -> part * part).sum()).isCloseTo(1, offset(1e-5));
    }

    @Test
    void base64_is_the_same_vector() {
        String request = "{\"model\": \"m\", \"input\": \"text\", \"dimensions\": 3}";
        String base64 = embed(request.replace("{", "{\"encoding_format\": \"base64\", "))
                .getJsonArray("data")
                .getJsonObject(0)
                .getString("embedding");
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(base64)).order(ByteOrder.LITTLE_ENDIAN);

        assertThat(List.of(bytes.getFloat(), bytes.getFloat(), bytes.getFloat()))
                .isEqualTo(vector(embed(request), 0));
    }

    static Stream<List<Object>> refused() {
        WireFormat embeddings = new EmbeddingsWire();
        return Stream.of(
                List.of(new MessagesWire(), "{\"model\": \"m\", \"messages\": []}"),
                List.of(new MessagesWire(), "{\"model\": \"m\", \"max_tokens\": 9}"),
                List.of(new CountTokensWire(), "{\"model\": \"m\"}"),
                List.of(new ResponsesWire(), "{\"model\": \"m\"}"),
                List.of(new ResponsesWire(), "{\"input\": \"text\"}"),
                List.of(embeddings, "{\"model\": \"m\"}"),
                List.of(embeddings, "{\"model\": \"m\", \"input\": []}"),
                List.of(embeddings, "{\"model\": \"m\", \"input\": \"text\", \"dimensions\": 0}"),
                List.of(embeddings, "{\"model\": \"m\", \"input\": \"text\", \"encoding_format\": \"int8\"}"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void a_request_that_a_real_provider_refuses_is_refused(List<Object> wireAndRequest) {
        WireFormat wire = (WireFormat) wireAndRequest.get(0);

        assertThatIllegalArgumentException().isThrownBy(() -> call(wire, (String) wireAndRequest.get(1)));
    }

    @Test
    void what_is_not_spoken_is_not_streamed() {
        SimulatedProvider healthy = SimulatedProvider.healthy(1, InstantSource.system());
        byte[] body = "{\"model\": \"m\", \"input\": \"text\", \"stream\": true}".getBytes(StandardCharsets.UTF_8);

        assertThat(healthy.respond(embeddings, body).headers()).containsEntry("Content-Type", "application/json");
    }

    private JsonObject embed(String request) {
        return json(embeddings.answer(call(embeddings, request), ANSWER));
    }

    private static List<Float> vector(JsonObject answer, int index) {
        return answer.getJsonArray("data").getJsonObject(index).getJsonArray("embedding").stream()
                .map(number -> Float.valueOf(number.toString()))
                .toList();
    }

    private static Call call(WireFormat wire, String request) {
        return wire.read(request.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> types(String events) {
        return Stream.of(events.split("\n\n"))
                .map(event -> event.lines().findFirst().orElseThrow())
                .map(line -> line.substring("event: ".length()))
                .toList();
    }

    private static List<JsonObject> data(String events) {
        return Stream.of(events.split("\n\n"))
                .map(event -> json(event.substring(event.indexOf("data: ") + "data: ".length())))
                .toList();
    }

    private static JsonObject json(String text) {
        return Json.createReader(new StringReader(text)).readObject();
    }
}
