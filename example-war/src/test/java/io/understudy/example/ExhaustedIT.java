package io.understudy.example;

import static io.understudy.example.Scene.FIRST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.openai.errors.OpenAIServiceException;
import io.understudy.servlet.testing.Reply;
import io.understudy.servlet.testing.ScriptedUpstream;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When every way is exhausted the caller gets one clear error, in the dialect's shape, and no provider's secrets. */
class ExhaustedIT {
    private static Stage stage;

    @BeforeAll
    static void open() {
        stage = Stage.open(30, "\"failover\": { \"baseDelay\": \"10ms\" }");
    }

    @AfterAll
    static void close() {
        stage.close();
    }

    @Test
    void every_provider_failed() {
        Scene scene = stage.next();
        scene.first().always(Reply.json(500, FIRST.error(500)));
        scene.second().refuse();
        HttpResponse<String> answer = ask(scene);
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(ErrorShape.of(answer).code()).isEqualTo("all_providers_failed");
        assertThat(ErrorShape.of(answer).type()).isEqualTo("upstream_error");
        assertThat(answer.headers().firstValue("X-Should-Retry")).hasValue("false");
        assertThat(answer.headers().firstValue("X-Understudy-Attempts")).hasValue("4");
        assertThat(answer.body())
                .contains(scene.firstName(), scene.secondName())
                .doesNotContain("sk-", "127.0.0.1");
    }

    @Test
    void a_stream_that_nobody_serves_fails_with_its_status() {
        Scene scene = stage.next();
        scene.first().always(Reply.json(503, FIRST.error(503)));
        scene.second()
                .always(Reply.stream()
                        .event(FIRST.errorEvent("server_error", "broken"))
                        .end());
        assertThatExceptionOfType(OpenAIServiceException.class)
                .isThrownBy(() -> stage.sdk().streamed(scene.model()))
                .satisfies(error -> {
                    assertThat(error.statusCode()).isEqualTo(502);
                    assertThat(error.code()).hasValue("all_providers_failed");
                });
    }

    @Test
    void every_provider_is_at_its_limit() {
        Scene scene = stage.next();
        scene.first().always(Reply.json(429, FIRST.error(429), "Retry-After", "40"));
        scene.second().always(Reply.json(429, FIRST.error(429), "Retry-After", "20"));
        HttpResponse<String> answer = ask(scene);
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(ErrorShape.of(answer).code()).isEqualTo("all_providers_rate_limited");
        assertThat(answer.headers().firstValueAsLong("Retry-After").orElseThrow())
                .isBetween(18L, 20L);
        assertThat(answer.headers().firstValue("X-Should-Retry")).hasValue("true");
        assertThat(answer.headers().firstValue("X-Understudy-Attempts")).hasValue("2");
    }

    @Test
    void a_limit_that_lasts_is_not_worth_another_try() {
        Scene scene = stage.next();
        scene.first().always(Reply.json(429, FIRST.error(429), "Retry-After", "400"));
        scene.second().always(Reply.json(429, FIRST.error(429), "Retry-After", "200"));
        HttpResponse<String> answer = ask(scene);
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("X-Should-Retry")).hasValue("false");
    }

    @ParameterizedTest
    @CsvSource({"500,500", "503,503", "529,529", "404,404", "401,502", "402,502", "403,502"})
    void the_only_provider_answered_with_an_error(int status, int expected) {
        Scene scene = stage.next();
        scene.first().always(Reply.json(status, FIRST.error(status)));
        HttpResponse<String> answer = stage.caller().chat(FIRST.request(scene.soloModel(), "Hi"));
        assertThat(answer.statusCode()).isEqualTo(expected);
        assertThat(ErrorShape.of(answer).code()).isEqualTo("provider_error");
        assertThat(answer.headers().firstValue("X-Should-Retry")).hasValue("false");
        assertThat(answer.body()).doesNotContain("sk-");
    }

    @Test
    void the_only_provider_is_at_its_limit() {
        Scene scene = stage.next();
        scene.first().always(Reply.json(429, FIRST.error(429), "Retry-After", "25"));
        HttpResponse<String> answer = stage.caller().chat(FIRST.request(scene.soloModel(), "Hi"));
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValueAsLong("Retry-After").orElseThrow())
                .isBetween(23L, 25L);
        assertThat(scene.first().requests()).hasSize(1);
    }

    @Test
    void the_only_provider_refuses() {
        Scene scene = stage.next();
        scene.first().refuse();
        HttpResponse<String> answer = stage.caller().chat(FIRST.request(scene.soloModel(), "Hi"));
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(ErrorShape.of(answer).code()).isEqualTo("all_providers_failed");
    }

    @Test
    void a_context_too_long_for_everybody_is_the_callers_to_hear() {
        Scene scene = stage.next();
        overflows(scene.first(), "at the first");
        overflows(scene.second(), "at the second");
        HttpResponse<String> answer = ask(scene);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("at the second");
        assertThat(ErrorShape.of(answer).code()).isEqualTo("context_length_exceeded");
        assertThat(answer.headers().firstValue("X-Understudy-Attempts")).hasValue("2");
    }

    private static void overflows(ScriptedUpstream upstream, String where) {
        upstream.always(Reply.json(
                400,
                """
                {"error":{"message":"This model's maximum context length is 8192 tokens %s.",\
                "type":"invalid_request_error","param":"messages","code":"context_length_exceeded"}}"""
                        .formatted(where)));
    }

    private static HttpResponse<String> ask(Scene scene) {
        return stage.caller().chat(FIRST.request(scene.model(), "Hi"));
    }
}
