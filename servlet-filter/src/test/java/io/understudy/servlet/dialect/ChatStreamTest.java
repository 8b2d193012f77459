package io.understudy.servlet.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.core.failure.ErrorFacts;
import io.understudy.servlet.dialect.Signal.Kind;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChatStreamTest {
    private static final String STOP = "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}";

    private final ChatStream stream = new ChatStream();

    /** The table of the class, row by row. */
    @ParameterizedTest(name = "{1}: {0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            {"choices":[]}                                                              | OPENING
            {"id":"x","choices":[],"prompt_filter_results":[{"prompt_index":0}]}        | OPENING
            {"choices":[],"usage":{"prompt_tokens":1,"completion_tokens":2}}            | OPENING
            {"id":"x"}                                                                  | OPENING
            {"choices":null}                                                            | OPENING
            {"choices":[{"index":0}]}                                                   | OPENING
            {"choices":[{"index":0,"delta":null}]}                                      | OPENING
            {"choices":[{"index":0,"delta":{}}]}                                        | OPENING
            {"choices":[{"index":0,"delta":{"role":"assistant"}}]}                      | OPENING
            {"choices":[{"index":0,"delta":{"role":"assistant","content":""}}]}         | OPENING
            {"choices":[{"index":0,"delta":{"content":null,"refusal":null}}]}           | OPENING
            {"choices":[{"index":0,"delta":{"tool_calls":[],"audio":{}}}]}              | OPENING
            {"choices":[{"delta":{"content":""},"finish_reason":null}],"error":null}    | OPENING
            {"choices":[{"index":0,"delta":{"content":"a"}}]}                           | CONTENT
            {"choices":[{"index":0,"delta":{"content":" "}}]}                           | CONTENT
            {"choices":[{"index":0,"delta":{"content":[{"type":"text","text":"a"}]}}]}  | CONTENT
            {"choices":[{"index":0,"delta":{"reasoning_content":"a"}}]}                 | CONTENT
            {"choices":[{"index":0,"delta":{"reasoning":"a"}}]}                         | CONTENT
            {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"c"}]}}]}     | CONTENT
            {"choices":[{"index":0,"delta":{"function_call":{"name":"f"}}}]}            | CONTENT
            {"choices":[{"index":0,"delta":{"refusal":"no"}}]}                          | CONTENT
            {"choices":[{"index":0,"delta":{"audio":{"id":"a"}}}]}                      | CONTENT
            {"choices":[{"index":0,"delta":{"novelty":1}}]}                             | CONTENT
            {"choices":[{"index":0,"delta":{"role":"assistant","content":"a"}}]}        | CONTENT
            {"choices":[{"index":0,"delta":{}},{"index":1,"delta":{"content":"a"}}]}    | CONTENT
            {"choices":[{"index":0,"delta":{"content":"a"}},{"index":1,"delta":{}}]}    | CONTENT
            {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}                 | CONTENT
            {"choices":[{"finish_reason":"length","delta":{},"index":0}]}               | CONTENT
            {"choices":[{"delta":{},"finish_reason":"content_filter"}]}                 | CONTENT
            {"choices":[{"index":0,"delta":{},"finish_reason":"error"}]}                | ERROR
            {"error":{"message":"m","type":"server_error"}}                             | ERROR
            {"error":"m"}                                                               | ERROR
            {"choices":[{"delta":{"content":"a"},"finish_reason":"error"}],"error":{}}  | ERROR
            {"error":{"code":502},"choices":[{"delta":{"content":"a"}}]}                | ERROR
            [DONE]                                                                      | END
            {"choices":[                                                                | MALFORMED
            {"choices":[]}}                                                             | MALFORMED
            {"choices":[]} {}                                                           | MALFORMED
            []                                                                          | MALFORMED
            "text"                                                                      | MALFORMED
            null                                                                        | MALFORMED
            [DONE] later                                                                | MALFORMED
            PROCESSING                                                                  | MALFORMED
            ``                                                                          | MALFORMED
            """)
    void an_event_means_what_the_table_says(String data, Kind kind) {
        assertThat(read(data).kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"error\":{\"message\":\"m\",\"type\":\"t\",\"code\":\"c\"}}",
                "{\"message\":\"m\",\"type\":\"t\",\"code\":\"c\"}",
                "{\"type\":\"error\",\"error\":{\"type\":\"t\",\"message\":\"m\",\"code\":\"c\"}}"
            })
    void an_event_named_error_is_one_whatever_its_form(String data) {
        ErrorFacts facts = error(stream.read(event("error", data)));
        assertThat(facts.message()).isEqualTo("m");
        assertThat(facts.type()).isEqualTo("t");
        assertThat(facts.code()).isEqualTo("c");
    }

    @Test
    void an_event_named_error_that_is_not_json_is_one_too() {
        assertThat(stream.read(event("error", "boom")).kind()).isEqualTo(Kind.ERROR);
        assertThat(stream.read(event("error", "")).kind()).isEqualTo(Kind.ERROR);
    }

    @Test
    void the_error_of_a_chunk_says_more_than_its_finish_reason() {
        String chunk =
                "{\"choices\":[{\"delta\":{},\"finish_reason\":\"error\"}],\"error\":{\"code\":502,\"message\":\"m\"}}";
        ErrorFacts facts = error(read(chunk));
        assertThat(facts.message()).isEqualTo("m");
        assertThat(facts.status()).isEqualTo(502);
    }

    @Test
    void numbers_beyond_every_size_do_not_matter() {
        String chunk =
                "{\"created\":1e400,\"choices\":[{\"index\":99999999999999999999,\"delta\":{\"content\":\"a\"}}],"
                        + "\"usage\":{\"prompt_tokens\":99999999999999999999,\"completion_tokens\":2}}";
        assertThat(read(chunk).kind()).isEqualTo(Kind.CONTENT);
        assertThat(stream.usage()).isEqualTo(new Usage(null, 2L));
    }

    @Test
    void a_stream_without_a_finish_reason_is_not_whole() {
        read(delta(0, "a"));
        assertThat(stream.isWhole()).isFalse();
        assertThat(stream.closing()).isEmpty();
    }

    @Test
    void the_end_marker_makes_it_whole_and_needs_no_closing() {
        read(delta(0, "a"));
        read("[DONE]");
        assertThat(stream.isWhole()).isTrue();
        assertThat(stream.closing()).isEmpty();
    }

    @Test
    void a_finish_reason_makes_it_whole_and_what_is_missing_is_the_end_marker() {
        read(delta(0, "a"));
        read(STOP);
        assertThat(stream.isWhole()).isTrue();
        assertThat(new String(stream.closing(), UTF_8)).isEqualTo("data: [DONE]\n\n");
    }

    @Test
    void of_several_choices_each_needs_its_finish_reason() {
        read("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"}},{\"index\":1,\"delta\":{\"content\":\"b\"}}]}");
        read(STOP);
        assertThat(stream.isWhole()).isFalse();
        read("{\"choices\":[{\"index\":1,\"delta\":{},\"finish_reason\":\"length\"}]}");
        assertThat(stream.isWhole()).isTrue();
    }

    @Test
    void a_choice_that_begins_after_another_has_ended_is_waited_for() {
        read(delta(0, "a"));
        read(STOP);
        read(delta(1, "b"));
        assertThat(stream.isWhole()).isFalse();
        assertThat(stream.closing()).isEmpty();
    }

    @Test
    void an_error_makes_nothing_whole() {
        read(delta(0, "a"));
        read("{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"error\"}]}");
        assertThat(stream.isWhole()).isFalse();
    }

    @Test
    void usage_is_taken_from_whichever_chunk_brings_it() {
        read(delta(0, "a"));
        assertThat(stream.usage()).isEqualTo(Usage.UNKNOWN);
        read(
                "{\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":5,\"prompt_tokens_details\":{\"x\":1}}}");
        read("{\"choices\":[],\"usage\":null}");
        assertThat(stream.usage()).isEqualTo(new Usage(3L, 5L));
    }

    @Test
    void the_error_frame_is_named_and_has_the_four_keys() {
        byte[] frame =
                stream.errorFrames(ApiError.failure(502, "upstream_stream_error", "a: lost \"x\"\n"), "id", "gpt");
        assertThat(new String(frame, UTF_8))
                .isEqualTo("event: error\ndata: {\"error\":{\"message\":\"a: lost \\\"x\\\"\\n\","
                        + "\"type\":\"server_error\",\"param\":null,\"code\":\"upstream_stream_error\"}}\n\n");
    }

    @Test
    void the_error_frame_calls_the_providers_own_error_by_its_name() {
        read("{\"error\":{\"message\":\"m\",\"type\":\"requests\",\"code\":\"rate_limit_exceeded\"}}");
        assertThat(errorFrame()).contains("\"type\":\"requests\"", "\"code\":\"rate_limit_exceeded\"");
    }

    @Test
    void the_error_frame_takes_no_text_for_a_name() {
        read("{\"error\":{\"message\":\"m\",\"type\":\"see https://x/?key=sk-1\",\"code\":429}}");
        assertThat(errorFrame()).contains("\"type\":\"server_error\"", "\"code\":\"429\"");
    }

    @Test
    void text_cut_in_the_middle_of_a_character_can_be_written() {
        byte[] frame = stream.errorFrames(ApiError.failure(502, "c", "cut \uD83D"), "id", null);
        String json = new String(frame, UTF_8).substring("event: error\ndata: ".length());
        assertThat(JsonFields.isJson(json.getBytes(UTF_8))).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            textBlock =
                    """
            {"id":"x","usage":{"prompt_tokens":3,"completion_tokens":5}}            | true  | 3 | 5
            {"usage":{"input_tokens":3,"output_tokens":5}}                          | true  | 3 | 5
            {"usage":{"prompt_tokens":3,"completion_tokens":99999999999999999999}}  | true  | 3 | -
            {"usage":[1],"choices":[{"n":1e400}]}                                   | true  | - | -
            {"error":null,"id":"x"}                                                 | true  | - | -
            {"choices":[{"error":{"message":"not the answer's"}}]}                  | true  | - | -
            []                                                                      | false | - | -
            "text"                                                                  | false | - | -
            {"id":"x"                                                               | false | - | -
            {"id":"x"} {}                                                           | false | - | -
            <html>                                                                  | false | - | -
            """)
    void a_whole_answer_is_one_object(String body, boolean valid, @Nullable Long input, @Nullable Long output) {
        AnswerReading reading = new ChatDialect().read(Operation.GENERATE, body.getBytes(UTF_8));
        assertThat(reading).isEqualTo(new AnswerReading(valid, null, new Usage(input, output), StateReferences.NONE));
    }

    @Test
    void a_whole_answer_may_be_an_error_all_the_same() {
        AnswerReading reading = new ChatDialect()
                .read(Operation.GENERATE, "{\"error\":{\"code\":429,\"message\":\"m\"}}".getBytes(UTF_8));
        assertThat(Objects.requireNonNull(reading.error()).status()).isEqualTo(429);
    }

    @Test
    void an_empty_answer_is_none() {
        assertThat(new ChatDialect().read(Operation.GENERATE, new byte[0]).valid())
                .isFalse();
    }

    private String errorFrame() {
        return new String(stream.errorFrames(ApiError.failure(429, "upstream_stream_error", "m"), "id", null), UTF_8);
    }

    private Signal read(String data) {
        return stream.read(event("", data));
    }

    private static String delta(int index, String content) {
        return "{\"choices\":[{\"index\":%d,\"delta\":{\"content\":\"%s\"}}]}".formatted(index, content);
    }

    private static ErrorFacts error(Signal signal) {
        assertThat(signal.kind()).isEqualTo(Kind.ERROR);
        return Objects.requireNonNull(signal.error());
    }

    private static StreamEvent event(String name, String data) {
        byte[] bytes = ("data: " + data + "\n\n").getBytes(UTF_8);
        return new StreamEvent(bytes, name, bytes, 6, bytes.length - 8);
    }
}
