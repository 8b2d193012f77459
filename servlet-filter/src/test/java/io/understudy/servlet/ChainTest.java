package io.understudy.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.understudy.servlet.ScriptedApplication.Deed;
import io.understudy.servlet.testing.ChatWire;
import io.understudy.servlet.testing.GatewayServer;
import io.understudy.servlet.testing.GatewayServer.Asynchronous;
import io.understudy.servlet.testing.MessagesWire;
import io.understudy.servlet.testing.RawAnswer;
import io.understudy.servlet.testing.RawCaller;
import io.understudy.servlet.testing.Reply;
import io.understudy.servlet.testing.ResponsesWire;
import io.understudy.servlet.testing.ScriptedUpstream;
import io.understudy.servlet.testing.Wire;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The application behind the filter as the first candidate, on a real container with a real second provider. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ChainTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String MODELS =
            """
            "models": {"gpt": [{"provider": "b", "model": "model-b"}, {"provider": "chain"}],
                       "alone": [{"provider": "chain"}],
                       "elsewhere": [{"provider": "b"}]}""";

    private final ChatWire wire = new ChatWire("served-model");
    private final ScriptedApplication application = new ScriptedApplication();
    private final ScriptedUpstream provider = ScriptedUpstream.start();
    private GatewayServer gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = started(Asynchronous.EVERYBODY, "");
        provider.always(head -> head.headers().first("Accept").orElse("").contains("event-stream")
                ? Reply.stream().events(wire.streamed("from", " b").all()).end()
                : Reply.json(200, wire.answer("from b")));
    }

    @AfterEach
    void stop() {
        gateway.close();
        provider.close();
    }

    private GatewayServer started(Asynchronous asynchronous, String more) throws Exception {
        return GatewayServer.startBefore(
                application,
                asynchronous,
                """
                {"providers": {"b": {"type": "openai", "baseUrl": "%s", "apiKey": "sk-second-provider",
                                     "dialects": ["chat", "messages", "responses", "embeddings"]}},
                 "failover": {"baseDelay": "1ms"}, %s %s}
                """
                        .formatted(provider.baseUrl(), more, MODELS));
    }

    private void restart(Asynchronous asynchronous, String more) throws Exception {
        gateway.close();
        gateway = started(asynchronous, more);
    }

    private RawCaller connect() {
        return RawCaller.connect(gateway.port());
    }

    private RawAnswer post(String body, String... headers) {
        try (RawCaller caller = connect()) {
            return caller.post(CHAT, body.getBytes(UTF_8), headers).answer();
        }
    }

    private RawCaller stream(Wire dialect) {
        byte[] body = dialect.streamedRequest("gpt", "Hi").getBytes(UTF_8);
        return connect().post("/v1" + dialect.path(), body, "Accept", "text/event-stream");
    }

    private static String trace(RawAnswer answer) {
        return answer.headers().first("X-Understudy-Trace").orElse("none");
    }

    @Nested
    class Whole_answers {
        @Test
        void the_applications_answer_is_the_callers_with_everything_it_says() {
            application.always((request, response) -> {
                Cookie cookie = new Cookie("seen", "yes");
                cookie.setHttpOnly(true);
                cookie.setMaxAge(60);
                response.addCookie(cookie);
                response.addHeader("Set-Cookie", "second=1");
                response.setHeader("Access-Control-Allow-Origin", "*");
                response.setHeader("X-Request-Id", "the-applications-own");
                response.setStatus(203);
                response.setContentType("application/json");
                response.getWriter().print(wire.answer("héllo 🎭"));
            });

            RawAnswer answer = post(wire.request("gpt", "Hi"), "X-Request-Id", "mine");

            assertThat(answer.status()).isEqualTo(203);
            assertThat(answer.text()).isEqualTo(wire.answer("héllo 🎭"));
            assertThat(answer.headers().first("Content-Type").orElseThrow()).startsWith("application/json");
            assertThat(answer.headers().all("Set-Cookie"))
                    .containsExactlyInAnyOrder("seen=yes; HttpOnly; Max-Age=60", "second=1");
            assertThat(answer.headers().first("Access-Control-Allow-Origin")).contains("*");
            assertThat(answer.headers().first("X-Understudy-Provider")).contains("chain");
            assertThat(answer.headers().first("X-Understudy-Model")).contains("gpt");
            assertThat(answer.headers().all("X-Request-Id")).containsExactly("mine");
            assertThat(trace(answer)).matches("chain;203;\\d+ms");
            assertThat(provider.requests()).isEmpty();
        }

        @Test
        void the_application_gets_the_request_as_it_came() {
            application.always(Deed.answer(200, "application/json", wire.answer("Hello")));
            String body = "{ \"messages\" :[],  \"model\":\"gpt\"}";

            try (RawCaller caller = connect()) {
                caller.post(
                                CHAT + "?beta=true",
                                body.getBytes(UTF_8),
                                "Authorization",
                                "Bearer callers",
                                "Cookie",
                                "a=b")
                        .answer();
            }

            assertThat(application.asked())
                    .singleElement()
                    .asString()
                    .startsWith("POST /v1/chat/completions?beta=true\n")
                    .containsIgnoringCase("\nauthorization: Bearer callers\n")
                    .containsIgnoringCase("\ncookie: a=b\n")
                    .endsWith("\n\n" + body);
        }

        @Test
        void a_compressed_body_arrives_as_it_was_before_with_its_own_length() throws Exception {
            application.always(Deed.answer(200, "application/json", wire.answer("Hello")));
            byte[] body = wire.request("gpt", "Hi").getBytes(UTF_8);
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
                gzip.write(body);
            }

            try (RawCaller caller = connect()) {
                caller.post(CHAT, packed.toByteArray(), "Content-Encoding", "gzip", "Accept-Encoding", "gzip, br")
                        .answer();
            }

            assertThat(application.asked())
                    .singleElement()
                    .asString()
                    .containsIgnoringCase("\ncontent-length: " + body.length + "\n")
                    .doesNotContainIgnoringCase("encoding")
                    .endsWith("\n\n" + wire.request("gpt", "Hi"));
        }

        @ParameterizedTest
        @CsvSource({
            "402, quota_exhausted",
            "404, unavailable",
            "405, unavailable",
            "408, request_timeout",
            "429, rate_limited",
            "500, server_error",
            "503, overloaded",
            "529, overloaded"
        })
        void a_failure_of_the_table_leads_to_the_provider_at_once(int status, String kind) {
            application.always(((Deed) (request, response) -> response.addCookie(new Cookie("failed", "yes")))
                    .then(Deed.answer(status, "application/json", "{}")));

            RawAnswer answer = post(wire.request("gpt", "Hi"));

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text()).isEqualTo(wire.answer("from b"));
            assertThat(trace(answer)).matches("chain;" + status + ";\\d+ms;" + kind + ", b;200;\\d+ms");
            assertThat(answer.headers().all("Set-Cookie")).isEmpty();
            assertThat(provider.requests()).singleElement().satisfies(request -> assertThat(request.text())
                    .contains("\"model-b\""));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "<html>Hello</html>", "{\"error\":{\"message\":\"no\"}}", "[1]", "{\"cut\":"})
        void an_answer_that_is_none_leads_to_the_provider(String body) {
            application.always(Deed.answer(200, "application/json", body));
            assertThat(post(wire.request("gpt", "Hi")).text()).isEqualTo(wire.answer("from b"));
        }

        @Test
        void an_application_that_throws_has_failed_with_500_and_the_log_says_why() {
            try (CapturedLog log = CapturedLog.of("io.understudy.exchange")) {
                application.always((request, response) -> {
                    response.getOutputStream().print("{\"half\":");
                    throw new ServletException("the answer to everything");
                });

                assertThat(trace(post(wire.request("gpt", "Hi"))))
                        .matches("chain;500;\\d+ms;server_error, b;200;\\d+ms");
                assertThat(log.await("the application behind the filter has failed"))
                        .contains("the answer to everything");
            }
        }

        @Test
        void an_error_that_it_sends_is_an_answer_too() {
            application.always((request, response) -> {
                response.getOutputStream().print("{\"half\":");
                response.sendError(503, "later");
                response.getOutputStream().print("ignored");
            });
            assertThat(trace(post(wire.request("gpt", "Hi")))).matches("chain;503;\\d+ms;overloaded, b;200;\\d+ms");
        }

        @Test
        void what_it_has_taken_back_is_not_part_of_its_answer() {
            application.always(((Deed) (request, response) -> {
                        response.setStatus(500);
                        response.setHeader("X-Taken", "back");
                        response.getWriter().print("<html>");
                        response.reset();
                    })
                    .then(Deed.answer(200, "application/json", wire.answer("Hello"))));

            RawAnswer answer = post(wire.request("gpt", "Hi"));

            assertThat(answer.text()).isEqualTo(wire.answer("Hello"));
            assertThat(answer.headers().first("X-Taken")).isEmpty();
        }

        @Test
        void a_request_it_finds_wrong_is_wrong() {
            application.always(Deed.answer(400, "application/json", wire.error(400)));

            RawAnswer answer = post(wire.request("gpt", "Hi"));

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.text()).isEqualTo(wire.error(400));
            assertThat(provider.requests()).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(ints = {401, 403})
        void a_caller_it_turns_away_gets_in_nowhere_else(int status) {
            application.always(
                    ((Deed) (request, response) -> response.setHeader("WWW-Authenticate", "Basic realm=\"llm\""))
                            .then(Deed.answer(status, "application/json", wire.error(401))));

            RawAnswer answer = post(wire.request("gpt", "Hi"));

            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.headers().first("WWW-Authenticate")).contains("Basic realm=\"llm\"");
            assertThat(provider.requests()).isEmpty();
        }

        @Test
        void a_caller_it_sends_to_a_login_goes_there() {
            application.always((request, response) -> response.sendRedirect("/login"));

            RawAnswer answer = post(wire.request("gpt", "Hi"));

            assertThat(answer.status()).isEqualTo(302);
            assertThat(answer.headers().first("Location")).contains("/login");
            assertThat(provider.requests()).isEmpty();
        }

        @Test
        void it_is_asked_first_and_once_however_often_it_has_failed() {
            application.always(Deed.answer(500, "application/json", "{}"));
            for (int i = 0; i < 12; i++) {
                assertThat(trace(post(wire.request("gpt", "Hi"))))
                        .matches("chain;500;\\d+ms;server_error, b;200;\\d+ms");
            }
            assertThat(application.asked()).hasSize(12);
        }

        @Test
        void alone_it_is_asked_once_and_its_failure_is_the_callers() {
            application.always(Deed.answer(500, "application/json", "{}"));

            RawAnswer answer = post(wire.request("alone", "Hi"));

            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.text()).contains("provider_error");
            assertThat(application.asked()).hasSize(1);
        }

        @Test
        void a_model_without_it_is_none_of_its_business() {
            assertThat(post(wire.request("elsewhere", "Hi")).text()).isEqualTo(wire.answer("from b"));
            assertThat(post(wire.request("nobody", "Hi")).status()).isEqualTo(404);
            assertThat(post("{}").status()).isEqualTo(400);
            assertThat(application.asked()).isEmpty();
        }

        @Test
        void a_pinned_one_is_the_only_one() {
            application.always(Deed.answer(500, "application/json", "{}"));
            assertThat(post(wire.request("gpt@chain", "Hi")).status()).isEqualTo(500);
            assertThat(application.asked()).singleElement().asString().endsWith(wire.request("gpt", "Hi"));
            assertThat(post(wire.request("gpt@b", "Hi")).status()).isEqualTo(200);
            assertThat(application.asked()).hasSize(1);
        }

        @ParameterizedTest
        @EnumSource(Asynchronous.class)
        void it_works_whoever_supports_asynchronous_requests(Asynchronous asynchronous) throws Exception {
            restart(asynchronous, "");
            application.always(Deed.answer(200, "application/json", wire.answer("Hello")));
            assertThat(post(wire.request("gpt", "Hi")).text()).isEqualTo(wire.answer("Hello"));
            application.always(Deed.answer(500, "application/json", "{}"));
            assertThat(post(wire.request("gpt", "Hi")).text()).isEqualTo(wire.answer("from b"));
            assertThat(post(wire.streamedRequest("gpt", "Hi"), "Accept", "text/event-stream")
                            .text())
                    .isEqualTo(wire.streamed("from", " b").text());
        }

        @Test
        void a_response_that_it_keeps_is_asked_of_it_again() {
            ResponsesWire responses = new ResponsesWire("served-model");
            application.always(Deed.answer(200, "application/json", responses.answer("Hello")));
            try (RawCaller caller = connect()) {
                caller.postJson("/v1/responses", responses.request("gpt", "Hi")).answer();
            }
            String id = responses.answer("Hello").replaceAll("(?s).*?\"id\":\"(resp_[^\"]+)\".*", "$1");
            try (RawCaller caller = connect()) {
                RawAnswer kept = caller.send("GET /v1/responses/" + id + " HTTP/1.1\r\nHost: x\r\n\r\n")
                        .answer();
                assertThat(kept.headers().first("X-Understudy-Provider")).contains("chain");
            }
            assertThat(application.asked()).hasSize(2);
            assertThat(provider.requests()).isEmpty();
        }
    }

    @Nested
    class Streams {
        static Stream<Wire> wires() {
            return Stream.of(new ChatWire("m"), new MessagesWire("m"), new ResponsesWire("m"));
        }

        @ParameterizedTest
        @MethodSource("wires")
        void each_event_reaches_the_caller_while_the_application_is_still_writing(Wire dialect) throws Exception {
            List<String> content = dialect.streamed("one", "two", "three").content();
            Semaphore read = new Semaphore(0);
            application.always(Deed.stream(dialect.streamed().opening())
                    .then((request, response) -> {
                        for (String event : content) {
                            response.getOutputStream().write(event.getBytes(UTF_8));
                            response.getOutputStream().flush();
                            read.acquireUninterruptibly();
                        }
                    })
                    .then(Deed.stream(dialect.streamed().ending())));

            try (RawCaller caller = stream(dialect)) {
                assertThat(caller.head().status()).isEqualTo(200);
                for (String event : content) {
                    caller.chunksUpTo(event);
                    read.release();
                }
                assertThat(caller.chunksUpToTheEnd())
                        .endsWith(dialect.streamed()
                                .ending()
                                .get(dialect.streamed().ending().size() - 1));
            }
        }

        @Test
        void a_stream_that_begins_with_an_error_leaves_no_trace() {
            CompletableFuture<Throwable> end = new CompletableFuture<>();
            application.always((request, response) -> {
                response.setContentType("text/event-stream");
                response.setHeader("X-Failed", "yes");
                try {
                    for (int i = 0; i < 3; i++) {
                        String events = String.join("", wire.streamed().opening());
                        response.getOutputStream()
                                .write((events + wire.errorEvent("server_error", "boom")).getBytes(UTF_8));
                        response.flushBuffer();
                    }
                    end.complete(new AssertionError("it could go on"));
                } catch (IOException e) {
                    end.complete(e);
                    throw e;
                }
            });

            try (RawCaller caller = stream(wire)) {
                RawAnswer answer = caller.answer();
                assertThat(answer.text()).isEqualTo(wire.streamed("from", " b").text());
                assertThat(answer.headers().first("X-Failed")).isEmpty();
                assertThat(trace(answer)).matches("chain;200;\\d+ms;server_error, b;200;\\d+ms");
            }
            assertThat(end.join()).isInstanceOf(IOException.class).hasMessageContaining("nobody wants the rest");
        }

        @ParameterizedTest
        @MethodSource("wires")
        void a_stream_that_ends_without_its_marker_ends_with_an_error(Wire dialect) {
            application.always(Deed.stream(dialect.streamed().opening())
                    .then(Deed.stream(dialect.streamed("one").content())));
            try (RawCaller caller = stream(dialect)) {
                assertThat(caller.answer().text())
                        .contains("one", "event: error\n")
                        .doesNotContain("[DONE]", "message_stop", "response.completed");
            }
        }

        @Test
        void an_application_that_throws_in_the_middle_ends_the_stream_with_an_error() {
            application.always(Deed.stream(wire.streamed().opening())
                    .then(Deed.stream(wire.streamed("one").content()))
                    .then((request, response) -> {
                        throw new IllegalStateException("half-way");
                    }));
            try (RawCaller caller = stream(wire)) {
                assertThat(caller.answer().text())
                        .contains("one", "event: error\n")
                        .doesNotContain("[DONE]", "half-way");
            }
        }

        @Test
        void an_application_that_writes_nothing_is_failed_over() {
            application.always((request, response) -> {
                response.setContentType("text/event-stream");
                response.flushBuffer();
            });
            try (RawCaller caller = stream(wire)) {
                assertThat(caller.answer().text())
                        .isEqualTo(wire.streamed("from", " b").text());
            }
        }

        @Test
        void a_caller_who_leaves_stops_the_application() throws Exception {
            try (Recorded records = new Recorded()) {
                CompletableFuture<Throwable> end = new CompletableFuture<>();
                application.always(Deed.stream(wire.streamed().opening()).then((request, response) -> {
                    try {
                        for (; ; ) {
                            response.getOutputStream()
                                    .write(wire.streamed("one").content().get(0).getBytes(UTF_8));
                            response.getOutputStream().flush();
                        }
                    } catch (IOException e) {
                        end.complete(e);
                        throw e;
                    }
                }));
                RawCaller caller =
                        connect().post(CHAT, wire.streamedRequest("gpt", "Hi").getBytes(UTF_8), records.header());
                caller.head();
                caller.chunksUpTo("one");
                caller.reset();

                assertThat(end.get(60, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
                assertThat(records.next()).contains("\"outcome\":\"cancelled\"");
                assertThat(provider.requests()).isEmpty();
            }
        }
    }

    @Nested
    class Asynchronous_answers {
        private Deed later(int status, String body) {
            return (request, response) -> {
                response.setHeader("X-Before", "startAsync");
                response.setContentType("application/json");
                AsyncContext context = request.startAsync();
                assertThat(request.isAsyncStarted()).isTrue();
                assertThat(context.getTimeout()).isEqualTo(30_000);
                context.start(() -> {
                    try {
                        response.setStatus(status);
                        response.getWriter().print(body);
                        context.complete();
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                });
            };
        }

        @ParameterizedTest
        @ValueSource(ints = {200, 500})
        void they_pass_as_they_are_and_the_log_says_so_once(int status) {
            try (CapturedLog log = CapturedLog.of("io.understudy");
                    Recorded records = new Recorded()) {
                application.always(later(status, "whatever it is"));

                for (int i = 0; i < 3; i++) {
                    RawAnswer answer = post(wire.request("gpt", "Hi"), records.header());
                    assertThat(answer.status()).isEqualTo(status);
                    assertThat(answer.text()).isEqualTo("whatever it is");
                    assertThat(answer.headers().first("X-Before")).contains("startAsync");
                    assertThat(records.next())
                            .contains("\"status\":" + status, "\"provider\":\"chain\"")
                            .contains(status == 200 ? "\"outcome\":\"success\"" : "\"outcome\":\"failed\"");
                }
                assertThat(records.left()).isZero();
                assertThat(provider.requests()).isEmpty();
                assertThat(log.records().stream().filter(line -> line.contains("without failover")))
                        .hasSize(1);
            }
        }

        @Test
        void after_the_first_byte_it_is_too_late() {
            application.always(Deed.stream(wire.streamed().opening()).then(later(200, "never")));
            try (RawCaller caller = stream(wire)) {
                assertThat(caller.answer().text())
                        .isEqualTo(wire.streamed("from", " b").text());
            }
        }

        @Test
        void without_support_the_application_hears_what_it_would_hear_without_us() throws Exception {
            restart(Asynchronous.NOT_THE_APPLICATION, "");
            CompletableFuture<Throwable> thrown = new CompletableFuture<>();
            application.always((request, response) -> {
                assertThat(request.isAsyncStarted()).isFalse();
                assertThatExceptionOfType(IllegalStateException.class)
                        .isThrownBy(request::startAsync)
                        .satisfies(thrown::complete);
                Deed.answer(200, "application/json", wire.answer("Hello")).with(request, response);
            });
            assertThat(post(wire.request("gpt", "Hi")).text()).isEqualTo(wire.answer("Hello"));
            assertThat(thrown.join()).hasMessageContaining("async-supported");
        }
    }
}
