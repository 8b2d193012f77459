package io.understudy.servlet.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.core.failure.ErrorFacts;
import io.understudy.servlet.dialect.Signal.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponsesStreamTest {
    private static final ApiError BREAK = ApiError.failure(502, "upstream_stream_error", "a: the connection was lost");

    private final StreamReader reader = new ResponsesDialect().newStream();

    /** The table in {@link ResponsesStream}'s documentation, row by row. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            {"type":"response.created","sequence_number":0,"response":{"id":"resp_1","error":null}}  | OPENING
            {"type":"response.queued","response":{"id":"resp_1"}}                                    | OPENING
            {"type":"response.in_progress","response":{"id":"resp_1"}}                               | OPENING
            {"type":"keepalive","sequence_number":3}                                                 | OPENING
            {"type":"ping"}                                                                          | OPENING
            {"type":"response.output_item.added","item":{"id":"m","type":"message","content":[]}}    | OPENING
            {"type":"response.output_item.added","item":{"id":"r","type":"reasoning","summary":[]}}  | OPENING
            {"type":"response.output_item.added","item":{"id":"f","type":"function_call"}}           | CONTENT
            {"type":"response.output_item.added","item":{"id":"w","type":"web_search_call"}}         | CONTENT
            {"type":"response.content_part.added","part":{"type":"output_text","text":""}}           | OPENING
            {"type":"response.reasoning_summary_part.added","part":{"text":""}}                      | OPENING
            {"type":"response.output_text.delta","delta":""}                                         | OPENING
            {"type":"response.output_text.delta","delta":"H"}                                        | CONTENT
            {"type":"response.refusal.delta","delta":"No"}                                           | CONTENT
            {"type":"response.reasoning_summary_text.delta","delta":"Hm"}                            | CONTENT
            {"type":"response.function_call_arguments.delta","delta":"{"}                            | CONTENT
            {"type":"response.of_the_future.delta","delta":{"a":1}}                                  | CONTENT
            {"type":"response.output_text.done","text":""}                                           | CONTENT
            {"type":"response.web_search_call.searching"}                                            | CONTENT
            {"type":"of the future"}                                                                 | CONTENT
            {"type":"response.completed","response":{"status":"completed","error":null}}             | END
            {"type":"response.incomplete","response":{"incomplete_details":{"reason":"max_output_tokens"}}} | END
            {"type":"response.failed","response":{"error":{"code":"server_error","message":"m"}}}    | ERROR
            {"type":"response.failed","response":{"error":null}}                                     | ERROR
            {"type":"error","code":"rate_limit_exceeded","message":"m","param":null}                 | ERROR
            {"type":"error","error":{"type":"tokens","code":"rate_limit_exceeded","message":"m"}}    | ERROR
            {"error":{"message":"m"}}                                                                | ERROR
            {"type":"response.created"                                                               | MALFORMED
            [DONE]                                                                                   | MALFORMED
            """)
    void tells_what_an_event_means(String data, Kind meaning) {
        assertThat(reader.read(Events.event(data)).kind()).isEqualTo(meaning);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            {"type":"error","code":"rate_limit_exceeded","message":"slow down"}                    |        | rate_limit_exceeded
            {"type":"error","error":{"type":"tokens","code":"rate_limit_exceeded","message":"m"}}  | tokens | rate_limit_exceeded
            {"type":"response.failed","response":{"error":{"code":"invalid_prompt","message":"m"}}}|        | invalid_prompt
            {"type":"response.failed","response":{"error":null}}                                   |        |
            """)
    void reads_an_error_in_each_of_its_forms(String data, String type, String code) {
        assertThat(reader.read(Events.event(data)).error())
                .extracting(ErrorFacts::type, ErrorFacts::code)
                .containsExactly(type, code);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "response.created, OPENING",
                "response.output_text.delta, CONTENT",
                "response.completed, END",
                "error, ERROR"
            })
    void takes_the_name_of_the_event_where_it_has_no_type(String name, Kind meaning) {
        assertThat(reader.read(Events.event(name, "{\"delta\":\"x\"}")).kind()).isEqualTo(meaning);
    }

    @Test
    void is_whole_with_its_end_marker_and_not_before() {
        reader.read(Events.event("{\"type\":\"response.output_item.done\"}"));
        assertThat(reader.isWhole()).isFalse();

        reader.read(
                Events.event(
                        "{\"type\":\"response.completed\",\"response\":{\"usage\":{\"input_tokens\":36,\"output_tokens\":87}}}"));
        assertThat(reader.isWhole()).isTrue();
        assertThat(reader.closing()).isEmpty();
        assertThat(reader.usage()).isEqualTo(new Usage(36L, 87L));
    }

    @Test
    void knows_what_a_failed_response_has_used() {
        reader.read(
                Events.event(
                        "{\"type\":\"response.failed\",\"response\":{\"error\":{\"code\":\"server_error\"},\"usage\":{\"input_tokens\":3}}}"));

        assertThat(reader.usage()).isEqualTo(new Usage(3L, null));
    }

    @Test
    void goes_on_counting_and_shows_the_response_once_more_after_a_break() {
        reader.read(
                Events.event(
                        """
                {"type":"response.created","sequence_number":0,"response":{"id":"resp_1","status":"in_progress",\
                "error":null,"model":"m","temperature":1.0}}"""));
        reader.read(Events.event("{\"type\":\"response.output_text.delta\",\"sequence_number\":7,\"delta\":\"H\"}"));

        assertThat(Events.text(reader.errorFrames(BREAK, "req-1", "gpt")))
                .isEqualTo(
                        """
                        event: error
                        data: {"type":"error","sequence_number":8,"code":"server_error",\
                        "message":"a: the connection was lost","param":null,\
                        "error":{"type":"server_error","code":"server_error",\
                        "message":"a: the connection was lost","param":null}}

                        event: response.failed
                        data: {"type":"response.failed","sequence_number":9,\
                        "response":{"id":"resp_1","status":"failed",\
                        "error":{"code":"server_error","message":"a: the connection was lost"},\
                        "model":"m","temperature":1.0}}

                        """);
    }

    @Test
    void begins_to_count_and_makes_up_no_more_than_it_must_if_nothing_was_passed_on() {
        assertThat(Events.text(reader.errorFrames(BREAK, "req-1", "gpt")))
                .contains("\"sequence_number\":0,\"code\"", "\"sequence_number\":1,\"response\"")
                .contains("\"status\":\"failed\"", "\"id\":\"resp_req-1\",\"object\":\"response\",\"model\":\"gpt\"");
    }

    @Test
    void does_not_count_the_providers_own_error_but_calls_its_own_by_the_same_name() {
        reader.read(Events.event("{\"type\":\"response.output_text.delta\",\"sequence_number\":4,\"delta\":\"H\"}"));
        reader.read(Events.event(
                "{\"type\":\"error\",\"sequence_number\":5,\"code\":\"rate_limit_exceeded\",\"message\":\"m\"}"));

        assertThat(Events.text(reader.errorFrames(BREAK, "req-1", "gpt")))
                .contains("\"sequence_number\":5,\"code\":\"rate_limit_exceeded\"")
                .contains("\"error\":{\"code\":\"rate_limit_exceeded\"");
    }
}
