package io.understudy.servlet.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.understudy.servlet.dialect.JsonFields;
import io.understudy.servlet.dialect.StateFinder;
import io.understudy.servlet.inbound.Refusal;
import io.understudy.servlet.inbound.RequestPeek;
import io.understudy.servlet.upstream.UpstreamBody;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutgoingBodyTest {
    /** A JSON object of any content, in three pieces: what stands before the model's value, the value, what follows. */
    record Body(String before, String model, String after) {
        String text() {
            return before + model + after;
        }
    }

    @Property(tries = 2000, seed = "20261123")
    void every_byte_but_those_of_the_model_arrives_as_it_came(@ForAll("bodies") Body body, @ForAll String upstreamModel)
            throws Exception {
        String sent = sent(body.text(), upstreamModel, false);
        assertThat(sent).startsWith(body.before()).endsWith(body.after());
        String model = sent.substring(
                body.before().length(), sent.length() - body.after().length());
        assertThat(stringOf(model)).isEqualTo(upstreamModel);
        assertThat(JsonFields.isJson(sent.getBytes(UTF_8))).isTrue();
    }

    @Property(tries = 1000, seed = "20261124")
    void a_stream_that_only_accept_asks_for_is_the_one_other_edit(@ForAll("bodies") Body body) throws Exception {
        String sent = sent(body.text(), "other", true);
        String expected = body.before() + "\"other\"" + body.after();
        int brace = expected.indexOf('{') + 1;
        assertThat(sent).isEqualTo(expected.substring(0, brace) + "\"stream\":true," + expected.substring(brace));
        assertThat(JsonFields.isJson(sent.getBytes(UTF_8))).isTrue();
    }

    @Provide
    Arbitrary<Body> bodies() {
        Arbitrary<String> fields = field().list().ofMaxSize(4).map(list -> String.join("", list));
        Arbitrary<String> name = Arbitraries.of("\"model\"", "\"mod\\u0065l\"", "\"\\u006dodel\"");
        return Combinators.combine(white(), fields, name, white(), string(), white(), fields, white())
                .as((start, first, key, b, model, c, rest, end) -> new Body(
                        start + "{" + b + first + key + b + ":" + c,
                        model,
                        c + (rest.isEmpty() ? "" : "," + rest.substring(0, rest.length() - 1)) + "}" + end));
    }

    private static Arbitrary<String> field() {
        Arbitrary<String> names =
                string().filter(name -> !Stream.of("model", "stream").toList().contains(stringOf(name)));
        return Combinators.combine(white(), names, white(), value(2), white())
                .as((a, name, b, value, c) -> a + name + b + ":" + b + value + c + ",");
    }

    private static Arbitrary<String> value(int depth) {
        Arbitrary<String> scalar = Arbitraries.oneOf(
                string(),
                Arbitraries.of(
                        "null",
                        "true",
                        "false",
                        "0",
                        "-0.0",
                        "1e400",
                        "1234567890123456789012345678901234567890",
                        "\"model\"",
                        "\"\\\"model\\\":\\\"x\\\"\""));
        if (depth == 0) {
            return scalar;
        }
        Arbitrary<String> inner = value(depth - 1);
        Arbitrary<String> array = inner.list().ofMaxSize(3).map(list -> "[" + String.join(" ,", list) + "]");
        Arbitrary<String> object = inner.list()
                .ofMaxSize(3)
                .map(list -> "{"
                        + String.join(
                                ",", list.stream().map(v -> "\"model\": " + v).toList()) + "}");
        return Arbitraries.oneOf(scalar, array, object);
    }

    private static Arbitrary<String> string() {
        return Arbitraries.of(
                        "a",
                        "model",
                        "stream",
                        " ",
                        "{",
                        "}",
                        ",",
                        ":",
                        "\\\"",
                        "\\\\",
                        "\\n",
                        "\\u0041",
                        "\\ud83d\\ude00",
                        "é",
                        "漢",
                        "😀",
                        "\u2028",
                        "\u007f")
                .list()
                .ofMaxSize(8)
                .map(parts -> '"' + String.join("", parts) + '"');
    }

    private static Arbitrary<String> white() {
        return Arbitraries.of("", "", " ", "\t", "\r\n", " \n ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            {"model":"gpt","n":1}                 | {"model":"own","n":1}
            {"n":1e400,"mod\\u0065l" : "gpt" }    | {"n":1e400,"mod\\u0065l" : "own" }
            {"stream":null,"model":"gpt"}         | {"stream":null,"model":"own"}
            {"stream":false,"model":"gpt"}        | {"stream":false,"model":"own"}
            {"model":"own","stream":true}         | {"model":"own","stream":true}
            {"model":"\\u006fwn"}                 | {"model":"\\u006fwn"}
            """)
    void only_the_model_is_replaced_and_only_if_it_is_another(String original, String sent) throws Exception {
        assertThat(sent(original, "own", original.contains("true"))).isEqualTo(sent);
    }

    @Test
    void a_byte_order_mark_stays_where_it_is() throws Exception {
        assertThat(sent("\uFEFF{\"model\":\"gpt\"}", "own", true))
                .isEqualTo("\uFEFF{\"stream\":true,\"model\":\"own\"}");
    }

    @Test
    void a_large_body_is_sent_as_it_lies_in_memory() throws Exception {
        byte[] original = ("{\"image\":\"" + "A".repeat(10_000_000) + "\",\"model\":\"gpt\"}").getBytes(UTF_8);
        UpstreamBody body = OutgoingBody.of(original, peek(original), "own", false);
        assertThat(body.slices()).hasSize(3);
        assertThat(body.slices()[0].remaining()).isGreaterThan(10_000_000);
        assertThat(body.length()).isEqualTo(original.length);
    }

    @Test
    void one_attempt_never_sees_anothers_position_or_changes() throws Exception {
        byte[] original = "{\"model\":\"gpt\"}".getBytes(UTF_8);
        UpstreamBody body = OutgoingBody.of(original, peek(original), "own", false);
        for (ByteBuffer slice : body.slices()) {
            slice.position(slice.limit());
            assertThat(slice.isReadOnly()).isTrue();
        }
        assertThat(text(body)).isEqualTo("{\"model\":\"own\"}");
        assertThat(text(OutgoingBody.of(original, peek(original), "another", false)))
                .isEqualTo("{\"model\":\"another\"}");
        assertThat(new String(original, UTF_8)).isEqualTo("{\"model\":\"gpt\"}");
    }

    private static String sent(String original, String model, boolean streamed) throws Refusal {
        byte[] bytes = original.getBytes(UTF_8);
        UpstreamBody body = OutgoingBody.of(bytes, peek(bytes), model, streamed);
        String text = text(body);
        assertThat(body.length()).isEqualTo(text.getBytes(UTF_8).length);
        return text;
    }

    private static RequestPeek peek(byte[] body) throws Refusal {
        return RequestPeek.into(body, StateFinder.none());
    }

    private static String text(UpstreamBody body) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (ByteBuffer slice : List.of(body.slices())) {
            byte[] bytes = new byte[slice.remaining()];
            slice.get(bytes);
            all.writeBytes(bytes);
        }
        return all.toString(UTF_8);
    }

    private static String stringOf(String json) {
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            assertThat(parser.nextToken()).isEqualTo(JsonToken.VALUE_STRING);
            return parser.getText();
        } catch (IOException e) {
            throw new AssertionError(json, e);
        }
    }
}
