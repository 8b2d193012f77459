package io.understudy.servlet.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.servlet.fake.FakeRequest;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InboundRequestTest {
    @Test
    void headers_are_found_by_lower_case_name_with_all_their_values() {
        InboundRequest request = inbound(FakeRequest.post("/v1/chat/completions")
                .header("Accept", "a")
                .header("ACCEPT", "b")
                .header("X-Empty", "")
                .header("Content-Length", "12"));
        assertThat(request.headers().get("accept")).containsExactly("a", "b");
        assertThat(request.header("accept")).isEqualTo("a");
        assertThat(request.header("x-empty")).isEmpty();
        assertThat(request.header("missing")).isNull();
        assertThat(request.contentLength()).isEqualTo(12);
        assertThat(inbound(FakeRequest.post("/v1/chat/completions")).contentLength())
                .isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "A-1_2.3:4/5+6=", "0af7651916cd43dd8448eb211c80319c", "x"})
    void a_sane_request_id_of_the_callers_is_kept(String id) {
        assertThat(inbound(FakeRequest.post("/v1/chat/completions").header("X-Request-Id", id))
                        .requestId())
                .isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\r\nX-Evil: 1", "a\n", "\"", "<b>", "é", "a,b", "a;b", "\u0000"})
    void an_insane_one_is_replaced(String id) {
        assertReplaced(id);
    }

    @Test
    void a_request_id_may_have_128_characters_and_no_more() {
        String longest = "x".repeat(128);
        assertThat(inbound(FakeRequest.post("/v1/chat/completions").header("x-request-id", longest))
                        .requestId())
                .isEqualTo(longest);
        assertReplaced(longest + "x");
    }

    @Test
    void a_new_request_id_is_new_each_time() {
        FakeRequest request = FakeRequest.post("/v1/chat/completions");
        assertThat(inbound(request).requestId()).isNotEqualTo(inbound(request).requestId());
    }

    @ParameterizedTest
    @CsvSource({
        "gpt, '\"gpt\"'",
        "'a\nb\u0001\u001b[31m', '\"a?b??[31m\"'",
        "'a\u0085b\u2028c\u202Ed', '\"a?b?c?d\"'",
        "'half a \uD83D', '\"half a ?\"'",
    })
    void foreign_text_is_quoted_without_what_could_break_a_line(String text, String quoted) {
        assertThat(Quoted.of(text)).isEqualTo(quoted);
    }

    @Test
    void long_foreign_text_is_cut_but_never_through_a_character() {
        assertThat(Quoted.of("x".repeat(100))).isEqualTo('"' + "x".repeat(100) + '"');
        assertThat(Quoted.of("x".repeat(101))).isEqualTo('"' + "x".repeat(100) + "…\"");
        assertThat(Quoted.of("x".repeat(99) + "😀y")).isEqualTo('"' + "x".repeat(99) + "😀…\"");
    }

    private static void assertReplaced(String id) {
        assertThat(inbound(FakeRequest.post("/v1/chat/completions").header("X-Request-Id", id))
                        .requestId())
                .matches("[0-9a-f-]{36}");
    }

    private static InboundRequest inbound(FakeRequest request) {
        return Objects.requireNonNull(Routes.below("/v1").match(request.servlet()));
    }
}
