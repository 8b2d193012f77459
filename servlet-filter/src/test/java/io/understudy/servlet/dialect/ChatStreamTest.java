package io.understudy.servlet.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.servlet.dialect.Signal.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatStreamTest {
    private final StreamReader reader = new ChatDialect().newStream();

    /** The table in {@link ChatStream}'s documentation, row by row. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            {"choices":[]}                                                                                | OPENING
            {"choices":[],"prompt_filter_results":[{"prompt_index":0}]}                                   | OPENING
            {"id":"c","object":"chat.completion.chunk"}                                                   | OPENING
            {"choices":[{"index":0,"delta":{"role":"assistant"},"finish_reason":null}]}                   | OPENING
            {"choices":[{"index":0,"delta":{"role":"assistant","content":"","refusal":null}}]}            | OPENING
            {"choices":[{"index":0,"delta":{"content":"","tool_calls":[],"reasoning_content":null}}]}     | OPENING
            {"choices":[{"index":0,"delta":{}}]}                                                          | OPENING
            {"choices":[{"index":0,"delta":{"content":"H"}}]}                                             | CONTENT
            {"choices":[{"index":0,"delta":{"role":"assistant","content":" "}}]}                          | CONTENT
            {"choices":[{"index":0,"delta":{"reasoning_content":"Hm"}}]}                                  | CONTENT
            {"choices":[{"index":0,"delta":{"reasoning":"Hm"}}]}                                          | CONTENT
            {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"call_1"}]}}]}                  | CONTENT
            {"choices":[{"index":0,"delta":{"function_call":{"name":"f"}}}]}                              | CONTENT
            {"choices":[{"index":0,"delta":{"refusal":"No"}}]}                                            | CONTENT
            {"choices":[{"index":0,"delta":{"audio":{"id":"a"}}}]}                                        | CONTENT
            {"choices":[{"index":0,"delta":{"of_the_future":1}}]}                                         | CONTENT
            {"choices":[{"index":0,"delta":{}},{"index":1,"delta":{"content":"H"}}]}                      | CONTENT
            {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}                                   | CONTENT
            {"choices":[{"index":0,"delta":{"content":""},"finish_reason":"error"}]}                      | ERROR
            {"error":{"message":"m","type":"server_error"}}                                               | ERROR
            {"error":{"message":"m","code":502},"choices":[{"index":0,"delta":{},"finish_reason":"error"}]} | ERROR
            {"error":null,"choices":[{"index":0,"delta":{"content":"H"}}]}                                | CONTENT
            [DONE]                                                                                        | END
            {"choices":[                                                                                  | MALFORMED
            "text"                                                                                        | MALFORMED
            """)
    void tells_what_an_event_means(String data, Kind meaning) {
        assertThat(reader.read(Events.event(data)).kind()).isEqualTo(meaning);
    }

    @Test
    void takes_the_name_of_the_event_for_it_as_well() {
        assertThat(reader.read(Events.event("error", "{\"message\":\"m\"}")).kind())
                .isEqualTo(Kind.ERROR);
    }

    @Test
    void is_whole_when_every_choice_has_its_finish_reason() {
        reader.read(Events.event("{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"}}]}"));
        reader.read(Events.event("{\"choices\":[{\"index\":1,\"delta\":{\"content\":\"b\"}}]}"));
        assertThat(reader.isWhole()).isFalse();

        reader.read(Events.event("{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}"));
        assertThat(reader.isWhole()).isFalse();

        reader.read(Events.event("{\"choices\":[{\"index\":1,\"delta\":{},\"finish_reason\":\"length\"}]}"));
        assertThat(reader.isWhole()).isTrue();
        assertThat(Events.text(reader.closing())).isEqualTo("data: [DONE]\n\n");

        reader.read(Events.event("[DONE]"));
        assertThat(reader.closing()).isEmpty();
    }

    @Test
    void knows_the_usage_of_its_last_chunk() {
        reader.read(Events.event("{\"choices\":[],\"usage\":{\"prompt_tokens\":19,\"completion_tokens\":10}}"));

        assertThat(reader.usage()).isEqualTo(new Usage(19L, 10L));
    }

    @Test
    void ends_a_broken_stream_with_an_error_event_and_no_marker() {
        ApiError error = ApiError.failure(502, "all_providers_failed", "a: the connection was lost");

        assertThat(Events.text(reader.errorFrames(error, "req-1", "gpt")))
                .isEqualTo(
                        """
                        event: error
                        data: {"error":{"message":"a: the connection was lost","type":"server_error","param":null,"code":"upstream_stream_error"}}

                        """);
    }

    @Test
    void calls_the_providers_own_error_by_its_name() {
        reader.read(
                Events.event("{\"error\":{\"message\":\"m\",\"type\":\"requests\",\"code\":\"rate_limit_exceeded\"}}"));

        assertThat(Events.text(reader.errorFrames(ApiError.failure(429, "upstream_stream_error", "m"), "r", null)))
                .contains("\"type\":\"requests\"", "\"code\":\"rate_limit_exceeded\"");
    }

    @Test
    void takes_no_text_for_a_name() {
        reader.read(Events.event("{\"error\":{\"message\":\"m\",\"type\":\"see https://x/?key=sk-1\",\"code\":429}}"));

        assertThat(Events.text(reader.errorFrames(ApiError.failure(429, "upstream_stream_error", "m"), "r", null)))
                .contains("\"type\":\"server_error\"", "\"code\":\"429\"");
    }
}
