package io.understudy.servlet.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.understudy.servlet.config.Secret;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskingTest {
    private final Masking masking = new Masking(List.of());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            Incorrect API key provided: sk-proj-abc123DEF456_ghi. Find yours at https://x.y/z.  | Incorrect API key provided: *** Find yours at https://x.y/z.
            Incorrect API key provided: sk-ab***************wxyz                 | Incorrect API key provided: ***
            invalid x-api-key: sk-ant-api03-AbCdEf-12345                         | invalid x-api-key: ***
            key sk-or-v1-0123456789abcdef not found                              | key *** not found
            gsk_abcdefghijklmnop, xai-abcdefgh, pplx-abcdefgh, nvapi-abcdefgh    | ***, ***, ***, ***
            token hf_AbCdEfGhIjKlMnOpQrStUvWxYz012345                            | token ***
            API key AIzaSyA1234567890abcdefghijk expired                         | API key *** expired
            id AKIAIOSFODNN7EXAMPLE                                              | id ***
            jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.abc-_def end                | jwt *** end
            Authorization: Bearer abcdef                                         | Authorization: Bearer ***
            authorization: Basic dXNlcjpwYXNz                                    | authorization: Basic ***
            using bearer opaque-token-value.                                     | using bearer ***
            api-key=0123456789abcdef&x=1                                         | api-key=***&x=1
            OPENAI_API_KEY=topsecretvalue                                        | OPENAI_API_KEY=***
            {"api_key":"topsecret"}                                              | {"api_key":"***"}
            {"headers":{"Authorization": "Bearer abc.def"},"x":1}                | {"headers":{"Authorization": "Bearer ***"},"x":1}
            {"message":"got {\\"api_key\\": \\"topsecret\\"}"}                   | {"message":"got {\\"api_key\\": \\"***\\"}"}
            {'api_key': 'topsecret', 'model': 'x'}                               | {'api_key': '***', 'model': 'x'}
            GET https://x.y/v1/m?key=abc&alt=sse failed                          | GET https://x.y/v1/m?*** failed
            {"m":"see \\"https://x.y/z?key=abc\\" now"}                          | {"m":"see \\"https://x.y/z?***\\" now"}
            {"m":"https:\\/\\/x.y\\/z?a=1\\u0026key=abc"}                        | {"m":"https:\\/\\/x.y\\/z?***"}
            $1 costs \\$2, see https://x.y/$1                                    | $1 costs \\$2, see https://x.y/$1
            """)
    void what_looks_like_a_key_is_masked(String text, String masked) {
        assertThat(masking.mask(text)).isEqualTo(masked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "The model `gpt-4o` does not exist or you do not have access to it.",
                "This model's maximum context length is 8192 tokens. Please reduce the length of the messages.",
                "Unknown parameter: 'key_value_cache'. Did you mean key_values?",
                "error code key_length_exceeded, type key-not-found",
                "hf-internal-testing is a risk-averse, task-specific desk-top; sk-learn is not sklearn",
                "Missing bearer token. Bearer authentication is required; send a Bearer token.",
                "Authorization: required. authorization: missing. Authorization header missing or api key invalid",
                "No API key provided. api_key: null, api key: is missing",
                "{\"error\":{\"message\":\"bad\",\"param\":null,\"code\":\"invalid_api_key\"},\"api_key\":null}",
                "{\"authorization\":{\"scheme\":\"x\"},\"api_key\":[],\"apiKey\":false}",
                "See https://platform.openai.com/docs/errors#code and http://127.0.0.1:8000/v1/models?",
                "eyJ is how a token begins, AKIA and AIza are others",
                "日本語のエラー — ошибка 😀"
            })
    void ordinary_text_is_left_alone(String text) {
        assertThat(masking.mask(text)).isEqualTo(text);
    }

    @Test
    void configured_secrets_are_masked_wherever_they_stand_the_longest_first() {
        Masking configured = new Masking(List.of(new Secret("abcd"), new Secret("abcd-efgh"), new Secret("a.c(d$1\\")));
        assertThat(configured.mask("xabcd-efghx abcd a.c(d$1\\ axc")).isEqualTo("x***x *** *** axc");
    }

    @Test
    void what_is_too_short_to_be_a_secret_does_not_tear_words() {
        assertThat(new Masking(List.of(new Secret("key"), new Secret(""))).mask("a key"))
                .isEqualTo("a key");
    }

    @Test
    void masking_twice_is_masking_once() {
        String text = "api_key=abc123456 Bearer xyz123 https://x.y?q=1 sk-abcdefgh12";
        assertThat(masking.mask(masking.mask(text))).isEqualTo(masking.mask(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://",
                "https://a",
                "http://a?",
                "eyJ-",
                "eyJabcdefgh-",
                "sk-",
                "sk-abcdef ",
                "key-",
                "key_a",
                "hf_1",
                "bearer ",
                "bearer\n",
                "api_key",
                "api_key = ",
                "authorization: ",
                "authorization:bearer ",
                "AIza",
                "AKIA",
                "\"",
                "\\",
                " ",
                "a",
                "x-api-key:\""
            })
    void a_mebibyte_of_anything_takes_no_time(String piece) {
        String text = piece.repeat((1 << 20) / piece.length());
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> masking.mask(text));
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> masking.mask("http://x?" + text + "\""));
    }
}
