package io.understudy.example;

import static io.understudy.example.BodyIT.gzip;
import static io.understudy.example.Scene.FIRST;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.openai.errors.NotFoundException;
import io.understudy.servlet.testing.Reply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A request that cannot be served is refused in the dialect's shape, no provider is called, and nothing else breaks. */
class BadRequestIT {
    /** Stands for the model's name in the bodies below. */
    private static final String MODEL = "~";

    private static Stage stage;

    private Scene scene;

    @BeforeAll
    static void open() {
        stage = Stage.open(80);
    }

    @AfterAll
    static void close() {
        stage.close();
    }

    @BeforeEach
    void next() {
        scene = stage.next();
    }

    @AfterEach
    void a_good_request_is_served_as_ever() {
        assertThat(scene.first().connections()).isZero();
        scene.first().always(Reply.json(200, FIRST.answer("as ever")));
        assertThat(stage.sdk().plain(scene.model()).text()).isEqualTo("as ever");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "Hello?",
                "{\"model\":\"~\"",
                "{\"model\":\"~\",}",
                "{\"model\":\"~\"} {",
                "{'model':'~'}",
                "{\"model\":\"~\",\"a\":01}",
                "{\"model\":\"~\",\"a\":\"\n\"}",
                "[{\"model\":\"~\"}]",
                "\"~\"",
                "null",
            })
    void what_is_no_json_object(String body) {
        assertRefused(400, send(body));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"messages\":[{\"model\":\"~\"}]}",
                "{\"Model\":\"~\"}",
                "{\"model\":null}",
                "{\"model\":1}",
                "{\"model\":[\"~\"]}",
                "{\"model\":{\"model\":\"~\"}}",
            })
    void no_model(String body) {
        assertThat(assertRefused(400, send(body)).message()).contains("model");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"model\":\"~\",\"model\":\"~\"}",
                "{\"model\":\"~\",\"x\":{},\"mod\\u0065l\":\"other\"}",
                "{\"mod\\u0065l\":\"~\",\"model\":null}",
                "{\"model\":\"~\",\"stream\":true,\"stream\":true}",
                "{\"stream\":false,\"model\":\"~\",\"\\u0073tream\":true}",
            })
    void what_matters_given_twice(String body) {
        assertRefused(400, send(body));
    }

    @Test
    void nesting_without_end() {
        assertRefused(400, send("{\"model\":\"~\",\"a\":" + "[".repeat(1_001) + "]".repeat(1_001) + "}"));
        assertRefused(400, send("{\"model\":\"~\",\"a\":" + "[".repeat(1_000_000)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32"})
    void another_encoding_than_utf8(String charset) {
        byte[] body = FIRST.request(scene.model(), "Grüße").getBytes(Charset.forName(charset));
        assertRefused(400, stage.caller().chat(body));
        assertRefused(400, stage.caller().chat(body, "Content-Type", "application/json; charset=" + charset));
    }

    @Test
    void bytes_that_are_no_utf8() {
        assertRefused(
                400, stage.caller().chat(FIRST.request(scene.model(), "Grüße").getBytes(ISO_8859_1)));
    }

    @Test
    void an_unknown_model() {
        HttpResponse<String> answer = send("{\"model\":\"nobody-has-this\",\"messages\":[]}");
        assertThat(assertRefused(404, answer).code()).isEqualTo("model_not_found");
        assertThatExceptionOfType(NotFoundException.class)
                .isThrownBy(() -> stage.sdk().streamed("nobody-has-this"))
                .satisfies(error -> assertThat(error.code()).hasValue("model_not_found"));
    }

    @Test
    void thirty_three_megabytes() {
        assertRefused(413, stage.caller().chat(large()));
        // One byte too much: what is refused earlier may be lost to a client that is still sending.
        byte[] body = Arrays.copyOf(large(), 32 * 1024 * 1024 + 1);
        assertRefused(413, stage.caller().chat(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));
    }

    @Test
    void thirty_three_megabytes_in_a_small_parcel() throws IOException {
        assertRefused(413, stage.caller().chat(gzip(new String(large(), UTF_8)), "Content-Encoding", "gzip"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "deflate", "zstd", "gzip, br", "what"})
    void an_encoding_that_nobody_can_undo(String encoding) {
        HttpResponse<String> answer =
                stage.caller().chat(FIRST.request(scene.model(), "Hi"), "Content-Encoding", encoding);
        assertRefused(415, answer);
    }

    @Test
    void a_parcel_that_is_not_what_it_says() {
        assertRefused(400, stage.caller().chat(FIRST.request(scene.model(), "Hi"), "Content-Encoding", "gzip"));
    }

    @Test
    void a_malformed_pin() {
        HttpResponse<String> answer =
                stage.caller().chat(FIRST.request(scene.model(), "Hi"), "X-Understudy-Provider", "%zz");
        assertRefused(400, answer);
    }

    private HttpResponse<String> send(String body) {
        return stage.caller().chat(body.replace(MODEL, scene.model()));
    }

    private byte[] large() {
        byte[] body = new byte[33 << 20];
        Arrays.fill(body, (byte) ' ');
        byte[] small = FIRST.request(scene.model(), "Hi").getBytes(UTF_8);
        System.arraycopy(small, 0, body, 0, small.length);
        return body;
    }

    private static ErrorShape assertRefused(int status, HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("X-Understudy-Attempts")).hasValue("0");
        assertThat(answer.headers().firstValue("X-Understudy-Request-Id")).isPresent();
        assertThat(answer.headers().firstValue("X-Understudy-Provider")).isEmpty();
        return ErrorShape.of(answer);
    }
}
