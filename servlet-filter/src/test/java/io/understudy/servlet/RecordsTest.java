package io.understudy.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.servlet.testing.ChatWire;
import io.understudy.servlet.testing.MessagesWire;
import io.understudy.servlet.testing.Reply;
import io.understudy.servlet.testing.ResponsesWire;
import io.understudy.servlet.testing.Wire;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every exchange ends in exactly one record. */
class RecordsTest {
    private static final ChatWire CHAT = new ChatWire("served");
    private static final String ID = "\\{\"requestId\":\"[^\"]+\",\"time\":\"[0-9T:.-]+Z\",";

    private TwoProviders providers;
    private Recorded records;

    static Stream<Arguments> dialects() {
        return Stream.of(
                Arguments.of(CHAT, "\"inputTokens\":19,\"outputTokens\":10"),
                Arguments.of(new MessagesWire("served"), "\"inputTokens\":25,\"outputTokens\":1[25]"),
                Arguments.of(new ResponsesWire("served"), "\"inputTokens\":36,\"outputTokens\":87"));
    }

    @BeforeEach
    void start() throws Exception {
        providers = new TwoProviders(
                TwoProviders.MODELS + """
                , "clientKeys": [{"name": "team", "key": "key-of-team"}]""");
        records = new Recorded();
    }

    @AfterEach
    void stop() {
        records.close();
        providers.close();
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void a_whole_answer_is_recorded_with_its_tokens(Wire wire, String tokens) {
        providers.a().then(Reply.json(200, wire.answer("Hello")));

        post(wire.path(), wire.request("public", "Hi"));

        assertThat(records.next())
                .matches(ID
                        + "\"dialect\":\"\\w+\",\"model\":\"public\",\"caller\":\"team\",\"outcome\":\"success\",\"status\":200,"
                        + "\"provider\":\"a\",\"attempts\":\\[\\{\"provider\":\"a\",\"model\":\"model-a\",\"status\":200,"
                        + "\"durationMs\":\\d+,\"absorbed\":false}],\"durationMs\":\\d+," + tokens + "}");
        assertThat(records.left()).isZero();
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void a_stream_is_recorded_with_its_tokens_and_the_time_to_the_first(Wire wire, String tokens) {
        providers.a().then(Reply.stream(wire.streamed("Hel", "lo").all()));

        post(wire.path(), wire.streamedRequest("public", "Hi"));

        assertThat(records.next())
                .matches(
                        ID + ".*\"outcome\":\"success\",.*],\"firstTokenMs\":\\d+,\"durationMs\":\\d+," + tokens + "}");
        assertThat(records.left()).isZero();
    }

    @Test
    void a_failure_that_the_caller_never_saw_is_absorbed() {
        providers.a().then(Reply.json(503, CHAT.error(503)));
        providers.b().then(Reply.json(200, CHAT.answer("Hello")));

        post("/chat/completions", CHAT.request("public", "Hi"), "x-stainless-retry-count", "2");

        assertThat(records.next())
                .contains("\"kind\":\"overloaded\",\"status\":503,")
                .containsOnlyOnce("\"absorbed\":true")
                .contains("\"outcome\":\"success\"", "\"provider\":\"b\",\"attempts\"")
                .endsWith(",\"callerRetries\":2}");
    }

    @Test
    void a_call_that_may_have_been_paid_for_in_vain_is_marked() {
        providers.a().then(Reply.drop());
        providers.b().then(Reply.json(401, CHAT.error(401)));

        post("/chat/completions", CHAT.request("public", "Hi"));

        assertThat(records.next())
                .matches(".*\"kind\":\"connection\",\"durationMs\":\\d+,\"absorbed\":false,\"maybeBilled\":true}.*")
                .contains("\"kind\":\"unauthorized\",\"status\":401", "\"outcome\":\"failed\"")
                .doesNotContain("\"absorbed\":true");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"model\":\"none\",\"messages\":[]} | 404 | \"model\":\"none\",\"caller\":\"team\",",
                "{\"model\":7}                       | 400 | \"caller\":\"team\",",
                "[]                                 | 400 | \"caller\":\"team\","
            })
    void a_refused_request_is_recorded_with_what_is_known_of_it(String body, int status, String known) {
        post("/chat/completions", body);

        assertThat(records.next())
                .matches(ID + "\"dialect\":\"chat\"," + known + "\"outcome\":\"rejected\",\"status\":" + status
                        + ",\"attempts\":\\[],\"durationMs\":\\d+}");
        assertThat(records.left()).isZero();
    }

    @Test
    void so_is_one_without_a_key() {
        providers.post("/chat/completions", CHAT.request("public", "Hi"), records.header());

        assertThat(records.next())
                .matches(ID + "\"dialect\":\"chat\",\"outcome\":\"rejected\",\"status\":401,\"attempts\":\\[],.*");
    }

    @Test
    void an_endless_name_is_cut() {
        post("/chat/completions", CHAT.request("x".repeat(5000), "Hi"));

        assertThat(records.next()).contains("\"model\":\"" + "x".repeat(200) + "\"");
    }

    @Test
    void an_event_that_had_to_be_dropped_degrades_a_stream() {
        providers
                .a()
                .then(Reply.stream()
                        .events(CHAT.streamed("Hello").opening())
                        .events(CHAT.streamed("Hello").content())
                        .event("data: {no json\n\n")
                        .event("data: [DONE]\n\n")
                        .end());

        post("/chat/completions", CHAT.streamedRequest("public", "Hi"));

        assertThat(records.next()).contains("\"degraded\":true");
    }

    private void post(String path, String json, String... headers) {
        String[] all = Stream.of(new String[] {"Authorization", "Bearer key-of-team"}, records.header(), headers)
                .flatMap(Stream::of)
                .toArray(String[]::new);
        providers.post(path, json, all);
    }
}
