package io.understudy.servlet.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import io.understudy.core.failure.ErrorFacts;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorBodyTest {
    /** Bodies as providers write them, with the type, code and text that are to be found in them. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            textBlock =
                    """
            OpenAI               | {"error":{"message":"m","type":"requests","param":null,"code":"rate_limit_exceeded"}} | requests | rate_limit_exceeded | m
            OpenAI, code null    | {"error":{"message":"m","type":"server_error","param":null,"code":null}} | server_error | - | m
            OpenRouter, number   | {"error":{"code":402,"message":"m","metadata":{"provider_name":"x"}},"user_id":"u"} | - | 402 | m
            Anthropic            | {"type":"error","error":{"type":"overloaded_error","message":"m"},"request_id":"r"} | overloaded_error | - | m
            Anthropic, reversed  | {"request_id":"r","error":{"message":"m","type":"overloaded_error"},"type":"error"} | overloaded_error | - | m
            Anthropic, details   | {"type":"error","error":{"type":"rate_limit_error","message":"m","details":{"error_code":"ramp_limit_exceeded"}}} | rate_limit_error | ramp_limit_exceeded | m
            Azure, inner error   | {"error":{"code":"content_filter","message":"m","innererror":{"code":"ResponsibleAIPolicyViolation"}}} | - | content_filter | m
            Azure, flat          | {"error":{"code":"DeploymentNotFound","message":"m"}} | - | DeploymentNotFound | m
            Azure, gateway       | {"statusCode":429,"message":"m"} | - | - | m
            Gemini               | {"error":{"code":429,"message":"m","status":"RESOURCE_EXHAUSTED"}} | RESOURCE_EXHAUSTED | 429 | m
            Gemini, in an array  | [{"error":{"code":429,"message":"m","status":"RESOURCE_EXHAUSTED"}}] | RESOURCE_EXHAUSTED | 429 | m
            vLLM, old            | {"object":"error","message":"m","type":"BadRequestError","param":null,"code":400} | BadRequestError | 400 | m
            vLLM, new            | {"error":{"message":"m","type":"BadRequestError","code":400}} | BadRequestError | 400 | m
            Mistral              | {"object":"error","message":"m","type":"invalid_request","param":null,"code":"1500"} | invalid_request | 1500 | m
            FastAPI, text        | {"detail":"m"} | - | - | m
            FastAPI, list        | {"detail":[{"type":"missing","loc":["body","model"],"msg":"m"}]} | missing | - | m
            Ollama               | {"error":"m"} | - | - | m
            llama.cpp            | {"error":{"code":400,"message":"m","type":"exceed_context_size_error","n_ctx":4096}} | exceed_context_size_error | 400 | m
            Bedrock, Cohere      | {"message":"m"} | - | - | m
            Bedrock, typed       | {"__type":"ThrottlingException","message":"m"} | ThrottlingException | - | m
            an error twice       | {"message":"outer","error":{"message":"m"}} | - | - | m
            null                 | {"error":null,"message":"m"} | - | - | m
            text on its own      | "m" | - | - | m
            nothing to read      | {"error":{}} | - | - | -
            no text where it is  | {"error":{"message":{"en":"m"},"type":7,"code":["x"]}} | - | - | -
            not JSON             | <html>m</html> | - | - | <html>m</html>
            """)
    void type_code_and_message_are_found_in_every_form(
            String form, String body, @Nullable String type, @Nullable String code, @Nullable String message) {
        ErrorFacts facts = read(body);
        assertThat(facts.type()).isEqualTo(type);
        assertThat(facts.code()).isEqualTo(code);
        assertThat(facts.message()).isEqualTo(message);
        assertThat(facts.status()).isEqualTo(429);
    }

    @Test
    void status_and_headers_are_those_of_the_answer_whatever_the_body_says() {
        ErrorFacts facts =
                ErrorBody.read(400, Map.of("retry-after", "3"), "{\"error\":{\"code\":503}}".getBytes(UTF_8));
        assertThat(facts.status()).isEqualTo(400);
        assertThat(facts.headers()).containsEntry("retry-after", "3");
    }

    @ParameterizedTest
    @CsvSource({"30s, 30000", "0.25s, 250", "38.012817612s, 38012", "0s, 0"})
    void googles_retry_delay_is_a_hint(String delay, long millis) {
        String body =
                """
                {"error":{"code":429,"message":"m","status":"RESOURCE_EXHAUSTED","details":[
                  {"@type":"type.googleapis.com/google.rpc.QuotaFailure","violations":[{"quotaId":"PerMinute"}]},
                  {"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"%s"}]}}"""
                        .formatted(delay);
        assertThat(read(body).retryHint()).isEqualTo(Duration.ofMillis(millis));
        assertThat(read("[" + body + "]").retryHint()).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"soon\"", "\"-3s\"", "\"99999999999999999999s\"", "3", "null", "{\"seconds\":3}"})
    void a_delay_that_is_none_is_no_hint(String delay) {
        assertThat(read("{\"error\":{\"retryDelay\":" + delay + "}}").retryHint())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n ", "{", "{\"error\":", "{\"error\":{\"message\":\"x", "[", "nul"})
    void a_broken_body_is_its_own_text(String body) {
        assertThat(read(body).message()).isEqualTo(body.isBlank() ? null : body);
    }

    @Test
    void of_a_long_text_only_the_beginning_is_kept() {
        String message = read("<html>" + "x".repeat(1 << 20)).message();
        assertThat(message).startsWith("<html>xxx").hasSizeLessThan(10_000);
    }

    @Test
    void bytes_that_are_no_text_are_no_trouble() {
        byte[] bytes = {(byte) 0xFF, (byte) 0xFE, 0, (byte) 0x80, '{', (byte) 0xC3};
        assertThat(ErrorBody.read(500, Map.of(), bytes).status()).isEqualTo(500);
    }

    @Test
    void an_error_nested_a_thousand_times_costs_no_stack() {
        String deep = "{\"error\":".repeat(JsonFields.MAX_DEPTH) + "1" + "}".repeat(JsonFields.MAX_DEPTH);
        assertThat(read(deep).status()).isEqualTo(429);
        assertThat(read("[".repeat(100_000)).status()).isEqualTo(429);
    }

    @ParameterizedTest
    @ValueSource(strings = {"123456789012345678901234567890", "1e400", "-7", "4.5", "true"})
    void a_code_of_any_kind_is_kept_as_text(String code) {
        ErrorFacts facts = read("{\"error\":{\"message\":\"m\",\"code\":" + code + ",\"type\":\"t\"}}");
        assertThat(facts.code()).isEqualTo(code);
        assertThat(facts.message()).isEqualTo("m");
        assertThat(facts.type()).isEqualTo("t");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            textBlock =
                    """
            {"code":429,"message":"m"}   | 429
            {"code":599}                 | 599
            {"code":400}                 | 400
            {"code":600}                 | -
            {"code":1}                   | -
            {"code":"429"}               | -
            {"code":99999999999999}      | -
            "m"                          | -
            {}                           | -
            """)
    void inside_a_success_a_numeric_code_takes_the_place_of_the_status(String error, @Nullable Integer status)
            throws IOException {
        assertThat(Objects.requireNonNull(errorValue(error)).status()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "false", "\"\""})
    void a_field_that_says_there_is_no_error_is_none(String value) throws IOException {
        assertThat(errorValue(value)).isNull();
    }

    private static ErrorFacts read(String body) {
        return ErrorBody.read(429, Map.of(), body.getBytes(UTF_8));
    }

    private static @Nullable ErrorFacts errorValue(String json) throws IOException {
        byte[] bytes = json.getBytes(UTF_8);
        try (JsonParser parser = JsonFields.parser(bytes, 0, bytes.length)) {
            parser.nextToken();
            return ErrorBody.errorValue(parser);
        }
    }
}
