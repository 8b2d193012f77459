package io.understudy.servlet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.understudy.servlet.dialect.ApiError;
import io.understudy.servlet.dialect.Dialects;
import io.understudy.servlet.dialect.Endpoint;
import io.understudy.servlet.dialect.ErrorBody;
import io.understudy.servlet.dialect.Operation;
import io.understudy.servlet.dialect.StreamReader;
import io.understudy.servlet.inbound.Refusal;
import io.understudy.servlet.inbound.RequestPeek;
import io.understudy.servlet.relay.SseParser;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Whatever callers and providers send, reading it soon gives a result or the documented refusal. */
class AnyBytesTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    private static final List<String> PIECES = List.of(
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            "\"",
            "\\",
            "\n",
            "\r",
            "\0",
            "{}",
            "null",
            "true",
            "-1",
            "1e999999999",
            "0.5",
            "9".repeat(3_000),
            "[".repeat(1_200),
            "{\"a\":".repeat(1_200),
            "\"model\"",
            "\"model\":\"gpt\"",
            "{\"model\":\"gpt\"}",
            "{\"model\":\"g\\u0070t\",\"stream\":true}",
            "\"stream\":",
            "\"error\":",
            "\"type\":",
            "\"message\":",
            "\"code\":",
            "\"choices\":",
            "\"delta\":",
            "\"content\":",
            "\"usage\":",
            "\"id\":",
            "\"previous_response_id\":",
            "\"input\":",
            "\"response\":",
            "\"retryDelay\":\"9s\"",
            "\"\\ud800\"",
            "\"\\u0000\"",
            "\"resp_1\"",
            "data: ",
            "data:",
            "event: error",
            "event: response.failed",
            "[DONE]",
            "\n\n",
            "\r\n\r\n",
            "é",
            "\u2028",
            "\uFEFF",
            "x".repeat(70_000));

    @Property(tries = 1000, seed = "31")
    void a_body_is_peeked_or_refused(@ForAll("texts") byte[] body) {
        for (Endpoint endpoint : Dialects.endpoints()) {
            assertTimeoutPreemptively(SOON, () -> peek(endpoint, body));
        }
    }

    private static void peek(Endpoint endpoint, byte[] body) {
        try {
            RequestPeek peek = RequestPeek.into(body, endpoint.dialect().stateInRequest());
            assertThat(peek.objectStart()).isBetween(1, body.length);
            assertThat(body[peek.modelStart()]).isEqualTo((byte) '"');
            assertThat(body[peek.modelEnd() - 1]).isEqualTo((byte) '"');
        } catch (Refusal refused) {
            assertThat(refused.error().status()).isEqualTo(400);
            assertThat(refused.error().message()).hasSizeLessThan(1_000).doesNotContain("\n");
        }
    }

    @Property(tries = 1000, seed = "32")
    void an_answer_is_read(@ForAll("texts") byte[] body, @ForAll @IntRange(min = 200, max = 599) int status) {
        assertTimeoutPreemptively(SOON, () -> {
            for (Endpoint endpoint : Dialects.endpoints()) {
                assertThat(endpoint.dialect().read(endpoint.operation(), body)).isNotNull();
            }
            assertThat(ErrorBody.read(status, Map.of(), body).status()).isEqualTo(status);
        });
    }

    @Property(tries = 1000, seed = "33")
    void a_stream_is_read(@ForAll("texts") byte[] stream, @ForAll @IntRange(max = 5000) int cut) {
        Dialects.endpoints().stream()
                .filter(endpoint -> endpoint.operation() == Operation.GENERATE)
                .map(Endpoint::dialect)
                .forEach(dialect -> assertTimeoutPreemptively(SOON, () -> stream(dialect.newStream(), stream, cut)));
    }

    private static void stream(StreamReader reader, byte[] stream, int cut) {
        SseParser parser = new SseParser();
        ByteArrayOutputStream raw = new ByteArrayOutputStream();
        int first = Math.min(cut, stream.length);
        for (ByteBuffer part :
                List.of(ByteBuffer.wrap(stream, 0, first), ByteBuffer.wrap(stream, first, stream.length - first))) {
            parser.parse(part, event -> {
                raw.writeBytes(event.raw());
                if (event.hasData()) {
                    assertThat(reader.read(event)).isNotNull();
                }
            });
        }
        assertThat(new String(stream, ISO_8859_1)).startsWith(raw.toString(ISO_8859_1));
        assertThat(reader.kept()).isNotNull();
        assertThat(reader.usage()).isNotNull();
        assertThat(reader.errorFrames(ApiError.failure(502, "x", "y"), "id", null))
                .isNotEmpty();
    }

    @Provide
    Arbitrary<byte[]> texts() {
        Arbitrary<byte[]> pieces = Arbitraries.of(PIECES).list().ofMaxSize(25).map(list -> String.join("", list)
                .getBytes(UTF_8));
        Arbitrary<byte[]> events = Arbitraries.of(PIECES)
                .list()
                .ofMaxSize(8)
                .list()
                .ofMaxSize(6)
                .map(list -> list.stream()
                        .map(data -> "data: {" + String.join("", data) + "}\n\n")
                        .reduce("", String::concat)
                        .getBytes(UTF_8));
        Arbitrary<byte[]> bytes = Arbitraries.bytes().array(byte[].class).ofMaxSize(300);
        return Arbitraries.oneOf(pieces, events, bytes);
    }
}
