package io.understudy.servlet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.servlet.testing.GatewayServer;
import io.understudy.servlet.testing.RawAnswer;
import io.understudy.servlet.testing.RawCaller;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that are refused without a call, each in the shape of its dialect. */
class RefusalsTest {
    private static final List<String> OPENAI = List.of("/chat/completions", "/responses", "/embeddings");
    private static final List<String> ANTHROPIC = List.of("/messages", "/messages/count_tokens");
    private static final String FINE = "{\"model\":\"public\"}";

    /**
     * A request that is refused.
     *
     * @param code in OpenAI's shape
     * @param type in Anthropic's
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Refused(String why, byte[] body, List<String> headers, int status, String code, String type) {
        Refused(String why, String body, int status, String code, String type) {
            this(why, body.getBytes(UTF_8), List.of(), status, code, type);
        }

        @Override
        public String toString() {
            return why;
        }
    }

    private TwoProviders providers;

    static Stream<Arguments> refusals() {
        return paths().flatMap(path -> refused().map(refused -> Arguments.of(path, refused)));
    }

    private static Stream<Refused> refused() {
        String deep = "{\"model\":\"public\",\"x\":" + "[".repeat(1000) + "]".repeat(1000) + "}";
        String large = "{\"model\":\"public\",\"x\":\"" + "x".repeat(8192) + "\"}";
        return Stream.of(
                invalid("not JSON", "{\"model\":"),
                invalid("empty", ""),
                invalid("not an object", "[\"model\"]"),
                invalid("more than an object", FINE + "{}"),
                invalid("nested too deeply", deep),
                invalid("a second model", "{\"model\":\"public\",\"model\":\"public\"}"),
                invalid("a second stream", "{\"model\":\"public\",\"stream\":false,\"stream\":true}"),
                new Refused("no model", "{\"mode\":1}", 400, "missing_model", "invalid_request_error"),
                new Refused("no string", "{\"model\":{}}", 400, "missing_model", "invalid_request_error"),
                new Refused("unknown model", "{\"model\":\"other\"}", 404, "model_not_found", "not_found_error"),
                new Refused("nobody offers it", "{\"model\":\"off\"}", 404, "no_provider", "not_found_error"),
                new Refused("too large", large, 413, "request_too_large", "request_too_large"),
                encoded("not UTF-8", "{\"model\":\"public\",\"x\":\"é\"}".getBytes(ISO_8859_1)),
                encoded("UTF-16", FINE.getBytes(UTF_16)),
                with("not gzip", 400, "invalid_body", "Content-Encoding", "gzip"),
                with("another coding", 415, "unsupported_content_encoding", "Content-Encoding", "br"),
                with("half an escape", 400, "invalid_header", "X-Understudy-Provider", "a%2"));
    }

    static Stream<String> paths() {
        return Stream.concat(OPENAI.stream(), ANTHROPIC.stream());
    }

    private static Refused invalid(String why, String body) {
        return new Refused(why, body, 400, "invalid_body", "invalid_request_error");
    }

    private static Refused encoded(String why, byte[] body) {
        return new Refused(why, body, List.of(), 400, "invalid_body", "invalid_request_error");
    }

    private static Refused with(String why, int status, String code, String header, String value) {
        return new Refused(why, FINE.getBytes(UTF_8), List.of(header, value), status, code, "invalid_request_error");
    }

    @BeforeEach
    void start() throws Exception {
        providers = new TwoProviders(
                """
                "models": {"public": [{"provider": "a"}, {"provider": "b"}],
                           "off": [{"provider": "a", "enabled": false}]},
                "limits": {"maxRequestBytes": "4KiB"}""");
    }

    @AfterEach
    void stop() {
        providers.close();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("refusals")
    void a_bad_request_is_refused_in_its_own_dialect(String path, Refused refused) {
        RawAnswer answer =
                providers.post(path, refused.body(), refused.headers().toArray(String[]::new));

        assertThat(answer.status()).isEqualTo(refused.status());
        assertThat(answer.headers().first("Content-Type")).contains("application/json");
        assertThat(answer.headers().first("x-should-retry")).isEmpty();
        assertThat(answer.headers().first("X-Understudy-Attempts")).contains("0");
        String id = answer.headers().first("X-Understudy-Request-Id").orElseThrow();
        if (ANTHROPIC.contains(path)) {
            assertThat(answer.text())
                    .matches("\\{\"type\":\"error\",\"error\":\\{\"type\":\"" + refused.type()
                            + "\",\"message\":\".+\"},\"request_id\":\"" + id + "\"}");
            assertThat(answer.headers().first("request-id")).contains(id);
        } else {
            assertThat(answer.text())
                    .matches("\\{\"error\":\\{\"message\":\".+\",\"type\":\"invalid_request_error\","
                            + "\"param\":null,\"code\":\"" + refused.code() + "\"}}");
            assertThat(answer.headers().first("x-request-id")).contains(id);
        }
        assertThat(providers.a().requests()).isEmpty();
        assertThat(providers.b().requests()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("paths")
    void a_caller_without_the_right_key_is_told_so_in_its_own_dialect_too(String path) throws Exception {
        String members =
                """
                "models": {"public": [{"provider": "a"}], "other": [{"provider": "a"}]},
                "clientKeys": [{"name": "x", "key": "key-of-x", "models": ["other"]}]""";
        try (TwoProviders guarded = new TwoProviders(members)) {
            RawAnswer unknown = guarded.post(path, "not even JSON");
            RawAnswer known = guarded.post(path, FINE, "api-key", "key-of-x");

            assertThat(unknown.status()).isEqualTo(401);
            assertThat(unknown.text())
                    .contains(ANTHROPIC.contains(path) ? "authentication_error" : "\"code\":\"invalid_api_key\"");
            assertThat(known.status()).isEqualTo(403);
            assertThat(known.text())
                    .contains(ANTHROPIC.contains(path) ? "permission_error" : "\"code\":\"model_not_allowed\"");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET,    /responses/resp_1",
        "DELETE, /responses/resp_1",
        "POST,   /responses/resp_1/cancel",
        "GET,    /responses/resp_1/input_items"
    })
    void what_concerns_a_response_is_refused_in_its_shape_too(String method, String path) throws Exception {
        String members = """
                "models": {"public": [{"provider": "a"}]}, "clientKeys": ["right"]""";
        try (TwoProviders guarded = new TwoProviders(members);
                GatewayServer deaf = GatewayServer.start(
                        """
                        {"providers": {"a": {"type": "anthropic", "baseUrl": "http://127.0.0.1:1"}},
                         "models": {"public": [{"provider": "a"}]}}""");
                RawCaller caller = RawCaller.connect(deaf.port())) {
            assertThat(guarded.ask(method, path).status()).isEqualTo(401);
            assertThat(guarded.ask(method, path).text()).contains("\"code\":\"invalid_api_key\"");

            RawAnswer nobody = caller.send(
                            "%s /v1%s HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n".formatted(method, path))
                    .answer();
            assertThat(nobody.status()).isEqualTo(404);
            assertThat(nobody.text()).contains("\"code\":\"no_provider\"", "the dialect responses");
        }
    }
}
