package io.understudy.servlet.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.core.failure.ErrorFacts;
import io.understudy.servlet.dialect.Signal.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessagesStreamTest {
    private final StreamReader reader = new MessagesDialect().newStream();

    /** The table in {@link MessagesStream}'s documentation, row by row. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            {"type":"ping"}                                                                                      | OPENING
            {"type":"message_start","message":{"id":"msg_1","content":[],"usage":{"input_tokens":9}}}            | OPENING
            {"type":"content_block_stop","index":0}                                                              | OPENING
            {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}                   | OPENING
            {"type":"content_block_start","index":0,"content_block":{"type":"text","text":"","citations":null}}  | OPENING
            {"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}} | OPENING
            {"type":"content_block_start","index":0,"content_block":{"text":"","type":"text"}}                   | OPENING
            {"type":"content_block_start","index":0,"content_block":{"type":"text","text":"H"}}                  | CONTENT
            {"type":"content_block_start","index":0,"content_block":{"type":"tool_use","id":"t","name":"f","input":{}}} | CONTENT
            {"type":"content_block_start","index":0,"content_block":{"type":"server_tool_use","id":"t"}}         | CONTENT
            {"type":"content_block_start","index":0,"content_block":{"type":"redacted_thinking","data":"x"}}     | CONTENT
            {"type":"content_block_start","index":0,"content_block":{"type":"of the future"}}                    | CONTENT
            {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":""}}                     | OPENING
            {"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":""}}       | OPENING
            {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"H"}}                    | CONTENT
            {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"Hm"}}           | CONTENT
            {"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"Eq"}}         | CONTENT
            {"type":"content_block_delta","index":0,"delta":{"type":"input_json_delta","partial_json":"{"}}      | CONTENT
            {"type":"content_block_delta","index":0,"delta":{"type":"citations_delta","citation":{"a":1}}}       | CONTENT
            {"type":"message_delta","delta":{"stop_reason":null},"usage":{"output_tokens":3}}                    | OPENING
            {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":3}}              | CONTENT
            {"type":"message_stop"}                                                                              | END
            {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}                          | ERROR
            {"error":{"message":"no such model","code":404}}                                                     | ERROR
            {"type":"of the future","x":[1]}                                                                     | CONTENT
            {"type":"ping"                                                                                       | MALFORMED
            []                                                                                                   | MALFORMED
            {"type":"ping"} {}                                                                                   | MALFORMED
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
            {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}} | overloaded_error
            {"error":{"type":"api_error","message":"x"}}                                | api_error
            {"type":"rate_limit_error","message":"slow down"}                           | rate_limit_error
            the proxy is tired                                                          |
            """)
    void takes_the_name_of_the_event_for_it_as_well(String data, String type) {
        Signal signal = reader.read(Events.event("error", data));

        assertThat(signal.kind()).isEqualTo(Kind.ERROR);
        assertThat(signal.error()).extracting(ErrorFacts::type).isEqualTo(type);
    }

    @Test
    void is_whole_with_its_end_marker_and_not_before() {
        reader.read(Events.event("{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"}}"));
        assertThat(reader.isWhole()).isFalse();
        assertThat(reader.closing()).isEmpty();

        reader.read(Events.event("{\"type\":\"message_stop\"}"));
        assertThat(reader.isWhole()).isTrue();
        assertThat(reader.closing()).isEmpty();
    }

    @Test
    void knows_the_latest_usage() {
        reader.read(Events.event(
                "{\"type\":\"message_start\",\"message\":{\"usage\":{\"input_tokens\":25,\"output_tokens\":1}}}"));
        reader.read(Events.event("{\"type\":\"message_delta\",\"delta\":{},\"usage\":{\"output_tokens\":7}}"));
        reader.read(Events.event("{\"type\":\"message_delta\",\"delta\":{},\"usage\":{\"output_tokens\":15}}"));

        assertThat(reader.usage()).isEqualTo(new Usage(25L, 15L));
    }

    @Test
    void ends_a_broken_stream_with_an_error_event() {
        ApiError error = ApiError.failure(504, "upstream_stream_error", "a: nothing came for 60 s");

        assertThat(Events.text(reader.errorFrames(error, "req-1", "claude")))
                .isEqualTo(
                        """
                        event: error
                        data: {"type":"error","error":{"type":"timeout_error","message":"a: nothing came for 60 s"},"request_id":"req-1"}

                        """);
    }

    @Test
    void calls_the_providers_own_error_by_its_name() {
        reader.read(
                Events.event("error", "{\"type\":\"error\",\"error\":{\"type\":\"billing_error\",\"message\":\"m\"}}"));

        assertThat(Events.text(reader.errorFrames(ApiError.failure(502, "upstream_stream_error", "m"), "r", null)))
                .contains("\"type\":\"billing_error\"");
    }
}
