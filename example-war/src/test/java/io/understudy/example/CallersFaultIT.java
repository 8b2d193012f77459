package io.understudy.example;

import static io.understudy.example.Scene.FIRST;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.openai.errors.OpenAIServiceException;
import io.understudy.servlet.testing.Reply;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the provider finds wrong with the request itself is the caller's to hear: one call, the provider's own words. */
class CallersFaultIT {
    private static Stage stage;

    @BeforeAll
    static void open() {
        stage = Stage.open(20);
    }

    @AfterAll
    static void close() {
        stage.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413, 422})
    void the_sdk_hears_the_providers_error(int status) {
        Scene scene = stage.next().secondAnswers();
        scene.first().always(Reply.json(status, FIRST.error(400)));
        assertThatExceptionOfType(OpenAIServiceException.class)
                .isThrownBy(() -> stage.sdk().plain(scene.model()))
                .satisfies(error -> {
                    assertThat(error.statusCode()).isEqualTo(status);
                    assertThat(error.code()).hasValue("invalid_value");
                    assertThat(error.getMessage()).contains("Invalid 'temperature'");
                });
        assertOneCall(scene);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 422})
    void the_streaming_sdk_hears_it_too(int status) {
        Scene scene = stage.next().secondStreams();
        scene.first().always(Reply.json(status, FIRST.error(status)));
        assertThatExceptionOfType(OpenAIServiceException.class)
                .isThrownBy(() -> stage.sdk().streamed(scene.model()))
                .satisfies(error -> assertThat(error.statusCode()).isEqualTo(status));
        assertOneCall(scene);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 422})
    void the_body_is_the_providers_own(int status) {
        String body =
                "{ \"error\":{\"message\":\"Größe\",\"type\":\"invalid_request_error\",\"param\":null,\n\"code\":null, \"x\":1e400}}\n";
        Scene scene = stage.next().secondAnswers();
        scene.first().always(Reply.answer(status, "application/json; charset=utf-8", body.getBytes(UTF_8)));
        HttpResponse<String> answer = stage.caller().chat(FIRST.request(scene.model(), "Hi"));
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body()).isEqualTo(body);
        assertThat(answer.headers().firstValue("content-type").orElseThrow())
                .isEqualToIgnoringWhitespace("application/json;charset=utf-8");
        assertThat(answer.headers().firstValue("x-understudy-attempts")).hasValue("1");
        assertThat(answer.headers().firstValue("x-understudy-trace").orElseThrow())
                .matches(TraceForm.of("%s;%d;bad_request".formatted(scene.firstName(), status)));
        assertOneCall(scene);
    }

    @Test
    void a_content_policy_is_never_routed_around() {
        String body =
                "{\"error\":{\"message\":\"Rejected by the safety system.\",\"type\":\"invalid_request_error\",\"param\":null,\"code\":\"content_policy_violation\"}}";
        Scene scene = stage.next().secondAnswers();
        scene.first().always(Reply.json(400, body));
        HttpResponse<String> answer = stage.caller().chat(FIRST.request(scene.model(), "Hi"));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo(body);
        assertOneCall(scene);
    }

    @Test
    void a_body_that_is_not_json_is_wrapped() {
        Scene scene = stage.next().secondAnswers();
        scene.first().always(Reply.answer(400, "text/html", "<html>Bad Request</html>".getBytes(UTF_8)));
        HttpResponse<String> answer = stage.caller().chat(FIRST.request(scene.model(), "Hi"));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(ErrorShape.of(answer).code()).isEqualTo("unparseable_error");
        assertOneCall(scene);
    }

    @Test
    void keys_in_a_providers_words_are_masked() {
        Scene scene = stage.next();
        String key = "sk-key-of-" + scene.firstName();
        scene.first()
                .always(Reply.json(
                        400,
                        "{\"error\":{\"message\":\"bad with %s\",\"type\":\"invalid_request_error\",\"param\":null,\"code\":null}}"
                                .formatted(key)));
        HttpResponse<String> answer = stage.caller().chat(FIRST.request(scene.model(), "Hi"));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).doesNotContain(key).contains("bad with ");
    }

    private static void assertOneCall(Scene scene) {
        assertThat(scene.first().requests()).hasSize(1);
        assertThat(scene.second().connections()).isZero();
    }
}
