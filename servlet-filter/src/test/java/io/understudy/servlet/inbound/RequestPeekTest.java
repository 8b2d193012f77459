package io.understudy.servlet.inbound;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.understudy.servlet.dialect.ApiError;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestPeekTest {
    private static final String BOM = "\uFEFF";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"model\":\"gpt\"}",
                " \t\r\n{ \"model\" : \"gpt\" , \"messages\" : [] } \n",
                BOM + "{\"model\":\"gpt\"}",
                "{\"mod\\u0065l\":\"gpt\"}",
                "{\"messages\":[{\"model\":\"other\",\"content\":\"\\\"model\\\":\\\"other\\\"\"}],\"model\":\"gpt\"}",
                "{\"metadata\":{\"model\":\"other\",\"stream\":true},\"model\":\"gpt\"}",
                "{\"Model\":\"other\",\"model \":\"other\",\"\":\"other\",\"model\":\"gpt\"}",
                "{\"a\":\"漢字 😀 \\ud83d\\ude00 é\",\"model\":\"gpt\"}",
                "{\"n\":1e400,\"i\":1234567890123456789012345678901234567890,\"model\":\"gpt\"}",
                "{\"n\":-0.0,\"x\":null,\"y\":true,\"z\":[[],{}],\"model\":\"gpt\"}"
            })
    void the_model_and_where_it_stands_are_found(String body) throws Refusal {
        RequestPeek peek = peek(body);
        assertThat(peek.model()).isEqualTo("gpt");
        assertThat(at(body, peek)).isEqualTo("\"gpt\"");
        assertThat(peek.hasStream()).isFalse();
        assertThat(new String(Arrays.copyOf(body.getBytes(UTF_8), peek.objectStart()), UTF_8))
                .endsWith("{")
                .doesNotContain("\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            "g\\u0070t"      | gpt
            "a\\"b\\\\c\\/d" | a"b\\c/d
            "模型-é"          | 模型-é
            "\\ud83d\\ude00" | 😀
            ""               | ``
            "  "             | `  `
            """)
    void a_model_may_be_escaped_and_its_bytes_are_found_all_the_same(String json, String model) throws Refusal {
        String body = "{\"model\":" + json + ",\"x\":1}";
        RequestPeek peek = peek(body);
        assertThat(peek.model()).isEqualTo(model);
        assertThat(at(body, peek)).isEqualTo(json);
    }

    @Test
    void offsets_are_right_behind_a_string_of_ten_megabytes() throws Refusal {
        String image = "é\\n\\u00e9A".repeat(1 << 20);
        String body = BOM + "{\"image\":\"" + image + "\",\"model\":\"gpt\",\"more\":\"" + image + "\"}";
        RequestPeek peek = peek(body);
        byte[] bytes = body.getBytes(UTF_8);
        assertThat(new String(bytes, peek.modelStart(), peek.modelEnd() - peek.modelStart(), UTF_8))
                .isEqualTo("\"gpt\"");
    }

    @Test
    void a_number_and_a_name_may_be_as_long_as_the_body() throws Refusal {
        String body = "{\"" + "n".repeat(200_000) + "\":" + "9".repeat(200_000) + ",\"model\":\"gpt\"}";
        assertThat(peek(body).model()).isEqualTo("gpt");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            textBlock =
                    """
            true                | true
            false               | false
            null                | -
            "true"              | -
            1                   | -
            {"stream":true}     | -
            [true]              | -
            """)
    void stream_counts_only_as_a_boolean_but_is_noticed_in_any_form(String value, @Nullable Boolean stream)
            throws Refusal {
        RequestPeek peek = peek("{\"stream\":" + value + ",\"model\":\"gpt\"}");
        assertThat(peek.hasStream()).isTrue();
        assertThat(peek.stream()).isEqualTo(stream);
        assertThat(peek.model()).isEqualTo("gpt");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            ``                                      | invalid_body
            ` `                                     | invalid_body
            {                                       | invalid_body
            {"model":"gpt"                          | invalid_body
            {"model":"gp                            | invalid_body
            {"model":"gpt"}x                        | invalid_body
            {"model":"gpt"}}                        | invalid_body
            {"model":"gpt"}{"model":"gpt"}          | invalid_body
            {"model":"gpt",}                        | invalid_body
            {'model':'gpt'}                         | invalid_body
            {"model":"gpt"} // comment              | invalid_body
            {"a":01,"model":"gpt"}                  | invalid_body
            {"a":NaN,"model":"gpt"}                 | invalid_body
            {"a":"\\x","model":"gpt"}               | invalid_body
            {"a":"tab\there","model":"gpt"}         | invalid_body
            ["model"]                               | invalid_body
            "model"                                 | invalid_body
            null                                    | invalid_body
            42                                      | invalid_body
            hello                                   | invalid_body
            {"model":"gpt","model":"gpt"}           | invalid_body
            {"model":"gpt","mod\\u0065l":"other"}   | invalid_body
            {"stream":1,"model":"gpt","stream":true} | invalid_body
            {}                                      | missing_model
            {"messages":[{"model":"gpt"}]}          | missing_model
            {"model":null}                          | missing_model
            {"model":7}                             | missing_model
            {"model":["gpt"]}                       | missing_model
            {"model":{"model":"gpt"}}               | missing_model
            """)
    void a_body_that_is_wrong_is_refused_with_400(String body, String code) {
        assertRefused(body.getBytes(UTF_8), code);
    }

    @Test
    void a_thousand_levels_are_taken_and_one_more_is_not() throws Refusal {
        assertThat(peek(nested(1000)).model()).isEqualTo("gpt");
        assertThat(assertRefused(nested(1001).getBytes(UTF_8), "invalid_body").message())
                .contains("1000");
        assertRefused("{\"a\":".repeat(2000).getBytes(UTF_8), "invalid_body");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32LE", "UTF-32BE", "UTF-32", "x-UTF-16LE-BOM"})
    void other_encodings_of_unicode_are_refused(String charset) {
        String body = "{\"model\":\"gpt\"}";
        assertUtf8Demanded(body.getBytes(Charset.forName(charset)));
        if (!charset.contains("BOM")) {
            assertUtf8Demanded((BOM + body).getBytes(Charset.forName(charset)));
        }
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource({
        "C0 AF, an overlong slash",
        "E0 80 AF, an overlong slash of three bytes",
        "ED A0 BD ED B8 80, surrogates (CESU-8)",
        "F4 90 80 80, beyond the last character",
        "FF, a byte that never occurs",
        "80, a continuation of nothing",
        "C3, a character cut short"
    })
    void what_is_not_utf_8_is_refused_wherever_it_stands(String hex, String what) {
        byte[] wrong = HexFormat.ofDelimiter(" ").parseHex(hex);
        assertUtf8Demanded(around("{\"model\":\"gpt\",\"a\":\"", wrong, "\"}"));
        assertUtf8Demanded(around("{\"model\":\"gpt\",\"a\":\"" + "x".repeat(8191), wrong, "\"}"));
        assertUtf8Demanded(around("{\"model\":\"gpt\"}", wrong, ""));
    }

    @Test
    void a_nul_is_refused() {
        assertRefused("{\"model\":\"gpt\",\"a\":\"\0\"}".getBytes(UTF_8), "invalid_body");
        assertRefused("{\"model\":\"gpt\"}\0".getBytes(UTF_8), "invalid_body");
    }

    @Test
    void a_refusal_repeats_nothing_of_the_body() {
        ApiError error = assertRefused("{\"secret\":\"sk-hidden\", oops".getBytes(UTF_8), "invalid_body");
        assertThat(error.message()).doesNotContain("hidden").contains("line 1");
    }

    private static RequestPeek peek(String body) throws Refusal {
        return RequestPeek.into(body.getBytes(UTF_8), (name, json) -> {});
    }

    private static String at(String body, RequestPeek peek) {
        return new String(Arrays.copyOfRange(body.getBytes(UTF_8), peek.modelStart(), peek.modelEnd()), UTF_8);
    }

    private static String nested(int levels) {
        return "{\"a\":" + "[".repeat(levels - 1) + "]".repeat(levels - 1) + ",\"model\":\"gpt\"}";
    }

    private static void assertUtf8Demanded(byte[] body) {
        assertThat(assertRefused(body, "invalid_body").message()).contains("UTF-8");
    }

    private static ApiError assertRefused(byte[] body, String code) {
        ApiError[] error = new ApiError[1];
        assertThatThrownBy(() -> RequestPeek.into(body, (name, json) -> {}))
                .asInstanceOf(type(Refusal.class))
                .satisfies(refusal -> error[0] = refusal.error());
        assertThat(error[0]).extracting(ApiError::status, ApiError::code).containsExactly(400, code);
        return error[0];
    }

    private static byte[] around(String before, byte[] middle, String after) {
        byte[] head = before.getBytes(UTF_8);
        byte[] tail = after.getBytes(UTF_8);
        byte[] all = Arrays.copyOf(head, head.length + middle.length + tail.length);
        System.arraycopy(middle, 0, all, head.length, middle.length);
        System.arraycopy(tail, 0, all, head.length + middle.length, tail.length);
        return all;
    }
}
