package io.understudy.example.demo;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatedProviderTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochSecond(1_795_000_000));
    private static final String PLAIN =
            """
            {"model": "gpt-4o", "messages": [{"role": "user", "content": "Who steps in?"}]}""";
    private static final String STREAMED = PLAIN.replace("{\"model", "{\"stream\": true, \"model");
    private static final String WITH_USAGE =
            STREAMED.replace("{\"stream", "{\"stream_options\": {\"include_usage\": true}, \"stream");

    private final ChatWire wire = new ChatWire();

    @Test
    void the_same_seed_and_the_same_calls_give_the_same_responses() {
        assertThat(mixedCalls(DemoServlet.SEED)).isEqualTo(mixedCalls(DemoServlet.SEED));
    }

    @Test
    void another_seed_gives_other_responses() {
        assertThat(mixedCalls(1)).isNotEqualTo(mixedCalls(2));
    }

    private List<SimulatedResponse> mixedCalls(long seed) {
        SimulatedProvider flaky = SimulatedProvider.flaky(seed, CLOCK);
        return responses(40, i -> respond(flaky, i % 3 == 0 ? PLAIN : STREAMED));
    }

    /** The README promises it. */
    @Test
    void with_the_default_seed_the_first_two_calls_of_either_kind_fail_and_the_third_is_answered() {
        SimulatedProvider flaky = SimulatedProvider.flaky(DemoServlet.SEED, CLOCK);

        List<SimulatedResponse> plain = responses(3, i -> respond(flaky, PLAIN));
        assertThat(plain).extracting(SimulatedResponse::status).containsExactly(503, 200, 200);
        assertThat(json(body(plain.get(1)))).containsOnlyKeys("error");
        assertThat(json(body(plain.get(2)))).containsKey("choices");

        List<SimulatedResponse> streamed = responses(3, i -> respond(flaky, STREAMED));
        assertThat(streamed).extracting(SimulatedResponse::status).containsExactly(200, 503, 200);
        assertThat(body(streamed.get(0))).contains("\"role\":\"assistant\"").doesNotContain("[DONE]");
        assertThat(contents(body(streamed.get(0)))).isEmpty();
        assertThat(body(streamed.get(2))).endsWith("data: [DONE]\n\n");
    }

    @Test
    void the_flaky_one_shows_everything_it_knows_within_eight_calls() {
        SimulatedProvider flaky = SimulatedProvider.flaky(7, CLOCK);

        assertThat(responses(8, i -> respond(flaky, PLAIN)))
                .extracting(SimulatedResponse::status)
                .containsExactlyInAnyOrder(200, 200, 200, 200, 200, 429, 503, 503);
        assertThat(responses(8, i -> respond(flaky, STREAMED)))
                .extracting(response -> response.status() + (body(response).contains("[DONE]") ? " complete" : ""))
                .containsExactlyInAnyOrder(
                        "200 complete", "200 complete", "200 complete", "200", "200", "200", "429", "503");
    }

    @Test
    void a_rate_limit_comes_with_a_pause_that_is_too_long_to_wait_for() {
        SimulatedProvider flaky = SimulatedProvider.flaky(7, CLOCK);
        SimulatedResponse limited = responses(8, i -> respond(flaky, PLAIN)).stream()
                .filter(response -> response.status() == 429)
                .findFirst()
                .orElseThrow();

        assertThat(limited.headers()).containsEntry("Retry-After", "5");
        assertThat(json(body(limited)).getJsonObject("error").getString("code")).isEqualTo("rate_limit_exceeded");
    }

    @Test
    void a_plain_answer_has_the_shape_and_the_usage_of_a_real_one() {
        JsonObject answer = json(body(respond(SimulatedProvider.healthy(1, CLOCK), PLAIN)));

        assertThat(answer.getString("id")).matches("chatcmpl-[0-9a-z]{29}");
        assertThat(answer.getString("object")).isEqualTo("chat.completion");
        assertThat(answer.getInt("created")).isEqualTo(1_795_000_000);
        assertThat(answer.getString("model")).isEqualTo("gpt-4o");
        assertThat(answer.getString("system_fingerprint")).matches("fp_[0-9a-z]{10}");
        JsonObject choice = answer.getJsonArray("choices").getJsonObject(0);
        assertThat(choice.getString("finish_reason")).isEqualTo("stop");
        assertThat(choice.getJsonObject("message").getString("content").split("\n\n"))
                .hasSize(3);
        JsonObject usage = answer.getJsonObject("usage");
        assertThat(usage.getInt("completion_tokens")).isBetween(80, 200);
        assertThat(usage.getInt("total_tokens"))
                .isEqualTo(usage.getInt("prompt_tokens") + usage.getInt("completion_tokens"));
    }

    @Test
    void a_stream_opens_with_the_role_and_says_word_by_word_what_a_plain_answer_says_at_once() {
        String plain = json(body(respond(SimulatedProvider.healthy(1, CLOCK), PLAIN)))
                .getJsonArray("choices")
                .getJsonObject(0)
                .getJsonObject("message")
                .getString("content");
        String stream = body(respond(SimulatedProvider.healthy(1, CLOCK), STREAMED));

        assertThat(delta(chunks(stream).get(0)).getString("role")).isEqualTo("assistant");
        assertThat(contents(stream)).hasSizeGreaterThan(80);
        assertThat(String.join("", contents(stream))).isEqualTo(plain);
        assertThat(chunks(stream))
                .extracting(chunk -> chunk.getString("id"))
                .containsOnly(chunks(stream).get(0).getString("id"));
        assertThat(chunks(stream)).noneMatch(chunk -> chunk.containsKey("usage"));
    }

    @Test
    void a_stream_tells_its_usage_when_asked_to() {
        List<JsonObject> chunks = chunks(body(respond(SimulatedProvider.healthy(1, CLOCK), WITH_USAGE)));
        JsonObject last = chunks.get(chunks.size() - 1);

        assertThat(chunks.subList(0, chunks.size() - 1)).allMatch(chunk -> chunk.get("usage") == JsonValue.NULL);
        assertThat(last.getJsonArray("choices")).isEmpty();
        assertThat(last.getJsonObject("usage").getInt("completion_tokens")).isBetween(80, 200);
    }

    @Test
    void a_stream_takes_its_time() {
        Duration healthy = time(respond(SimulatedProvider.healthy(1, CLOCK), STREAMED));
        Duration slow = time(respond(SimulatedProvider.slow(1, CLOCK), STREAMED));

        assertThat(healthy).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(5));
        assertThat(slow).isBetween(Duration.ofSeconds(6), Duration.ofSeconds(20));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "not JSON",
                "{}",
                "{\"model\": 1, \"messages\": []}",
                "{\"model\": \"gpt-4o\"}",
                "{\"model\": \"gpt-4o\", \"messages\": \"hi\"}",
                "{\"model\": \"gpt-4o\", \"messages\": [], \"stream_options\": true}",
                "{\"model\": \"gpt-4o\", \"messages\": [], \"stream_options\": null, \"stream\": 1} trailing"
            })
    void a_request_that_a_real_provider_refuses_is_refused(String request) {
        SimulatedResponse response = respond(SimulatedProvider.healthy(1, CLOCK), request);

        assertThat(response.status()).isEqualTo(400);
        assertThat(json(body(response)).getJsonObject("error").getString("type"))
                .isEqualTo("invalid_request_error");
    }

    private SimulatedResponse respond(SimulatedProvider provider, String request) {
        return provider.respond(wire, request.getBytes(StandardCharsets.UTF_8));
    }

    private static List<SimulatedResponse> responses(int count, IntFunction<SimulatedResponse> call) {
        return IntStream.range(0, count).mapToObj(call).toList();
    }

    private static String body(SimulatedResponse response) {
        return response.parts().stream().map(Part::text).collect(Collectors.joining());
    }

    private static Duration time(SimulatedResponse response) {
        return response.parts().stream().map(Part::pause).reduce(Duration.ZERO, Duration::plus);
    }

    private static JsonObject json(String text) {
        return Json.createReader(new StringReader(text)).readObject();
    }

    private static List<JsonObject> chunks(String stream) {
        return Stream.of(stream.split("\n\n"))
                .peek(event -> assertThat(event).startsWith("data: "))
                .map(event -> event.substring("data: ".length()))
                .filter(data -> !data.equals("[DONE]"))
                .map(SimulatedProviderTest::json)
                .toList();
    }

    private static List<String> contents(String stream) {
        return chunks(stream).stream()
                .filter(chunk -> !chunk.getJsonArray("choices").isEmpty())
                .map(chunk -> delta(chunk).getString("content", ""))
                .filter(content -> !content.isEmpty())
                .toList();
    }

    private static JsonObject delta(JsonObject chunk) {
        return chunk.getJsonArray("choices").getJsonObject(0).getJsonObject("delta");
    }
}
