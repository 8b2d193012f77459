package io.understudy.example;

import static io.understudy.example.Scene.FIRST;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.servlet.testing.RawCaller;
import io.understudy.servlet.testing.ReceivedRequest;
import io.understudy.servlet.testing.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A request's body reaches the provider byte for byte as the caller sent it, but for the name of the model. */
class BodyIT {
    /** Stands for the model's name in the bodies below. */
    private static final String MODEL = "~";

    private static Stage stage;

    @BeforeAll
    static void open() {
        stage = Stage.open(30);
    }

    @AfterAll
    static void close() {
        stage.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"model\":\"~\",\"messages\":[]}",
                " {\r\n\t\"messages\" : [ ] ,\n \"model\"  :\t\"~\" } \n\n",
                "{\"messages\":[{\"role\":\"user\",\"content\":\"\\\"model\\\":\\\"gpt-4o\\\", {\\\"model\\\": 1}\"}],\"model\":\"~\"}",
                "{\"messages\":[{\"model\":\"nested\",\"content\":[{\"model\":[\"deeper\"]}]}],\"model\":\"~\",\"metadata\":{\"model\":null}}",
                "{\"mod\\u0065l\":\"~\",\"messages\":[]}",
                "{\"\\u006d\\u006F\\u0064\\u0065\\u006c\":\"~\",\"Model\":\"upper\",\"model \":\"space\"}",
                "{\"model\":\"~\",\"x\":1e400,\"y\":-0,\"z\":1E+2,\"n\":1234567890123456789012345678901234567890,\"d\":0.1000000000000000055511151231257827}",
                "{\"model\":\"~\",\"a\":1,\"a\":2,\"text\":\"\\ud83c\\udf0d \uD83C\uDF0D \\/ \\u00e4 ä \u2028\",\"e\":\"\"}",
                "{\"model\":\"~\",\"stream\":false,\"deep\":[[[[[[[[[[{\"stream\":true,\"stream\":true}]]]]]]]]]]}",
            })
    void only_the_models_name_is_replaced(String body) {
        assertArrivesButForTheModel(stage.next(), body);
    }

    @Test
    void the_models_name_may_be_escaped() {
        Scene scene = stage.next();
        scene.first().always(Reply.json(200, FIRST.answer("ok")));
        String escaped = scene.model().replace("c", "\\u0063").replace("-", "\\u002D");
        assertThat(stage.caller()
                        .chat("{\"model\":\"%s\",\"user\":\"%s\"}".formatted(escaped, escaped))
                        .statusCode())
                .isEqualTo(200);
        assertThat(scene.first().awaitRequest().text())
                .isEqualTo("{\"model\":\"%s\",\"user\":\"%s\"}".formatted(scene.firstModel(), escaped));
    }

    @Test
    void ten_megabytes_with_an_image_arrive() {
        byte[] image = new byte[7_500_000];
        new Random(4711).nextBytes(image);
        String base64 = Base64.getEncoder().encodeToString(image);
        assertThat(base64).hasSize(10_000_000);
        assertArrivesButForTheModel(
                stage.next(),
                """
                {"messages":[{"role":"user","content":[{"type":"text","text":"Who is this?"},
                  {"type":"image_url","image_url":{"url":"data:image/png;base64,%s","detail":"high"}}]}],
                 "model" : "~" , "seed":18446744073709551615}
                """
                        .formatted(base64));
    }

    @Test
    void every_attempt_has_the_whole_body_with_its_own_model() {
        Scene scene = stage.next().secondAnswers();
        scene.first().always(Reply.json(503, FIRST.error(503)));
        String body = "{\"a\": 1e400, \"model\" : \"~\", \"text\":\"%s\"}".formatted("ü".repeat(100_000));
        assertThat(stage.caller().chat(body.replace(MODEL, scene.model())).statusCode())
                .isEqualTo(200);
        assertThat(scene.first().requests())
                .extracting(ReceivedRequest::text)
                .containsExactly(body.replace(MODEL, scene.firstModel()), body.replace(MODEL, scene.firstModel()));
        assertThat(scene.second().awaitRequest().text()).isEqualTo(body.replace(MODEL, scene.secondModel()));
    }

    @Test
    void a_chunked_request_arrives() {
        Scene scene = stage.next();
        scene.first().always(Reply.json(200, FIRST.answer("ok")));
        String body = "{\"model\":\"%s\"}".formatted(scene.model());
        try (RawCaller caller = RawCaller.connect(stage.port())) {
            caller.send(
                    """
                    POST /v1/chat/completions HTTP/1.1\r
                    Host: localhost\r
                    Content-Type: application/json\r
                    Transfer-Encoding: chunked\r
                    \r
                    4\r
                    %s\r
                    %x\r
                    %s\r
                    0\r
                    \r
                    """
                            .formatted(body.substring(0, 4), body.length() - 4, body.substring(4)));
            assertThat(caller.answer().status()).isEqualTo(200);
        }
        assertThat(scene.first().awaitRequest().text()).isEqualTo("{\"model\":\"%s\"}".formatted(scene.firstModel()));
    }

    @Test
    void a_compressed_request_arrives_inflated() throws IOException {
        Scene scene = stage.next();
        scene.first().always(Reply.json(200, FIRST.answer("ok")));
        String body = "{\"model\":\"~\",\"text\":\"%s\"}".formatted("ha".repeat(50_000));
        assertThat(stage.caller()
                        .chat(gzip(body.replace(MODEL, scene.model())), "Content-Encoding", "gzip")
                        .statusCode())
                .isEqualTo(200);
        ReceivedRequest request = scene.first().awaitRequest();
        assertThat(request.text()).isEqualTo(body.replace(MODEL, scene.firstModel()));
        assertThat(request.headers().first("Content-Encoding")).isEmpty();
    }

    static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    private static void assertArrivesButForTheModel(Scene scene, String body) {
        scene.first().always(Reply.json(200, FIRST.answer("ok")));
        assertThat(stage.caller().chat(body.replace(MODEL, scene.model())).statusCode())
                .isEqualTo(200);
        assertThat(scene.first().awaitRequest().body())
                .isEqualTo(body.replace(MODEL, scene.firstModel()).getBytes(UTF_8));
    }
}
