package io.understudy.example;

import static io.understudy.example.Scene.FIRST;
import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.servlet.testing.RawAnswer;
import io.understudy.servlet.testing.RawCaller;
import io.understudy.servlet.testing.Reply;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Headers cross the gateway by name or not at all, in both directions. */
class HeadersIT {
    private static Stage stage;

    @BeforeAll
    static void open() {
        stage = Stage.open(
                30, "\"headers\": { \"forward\": [\"X-Team\"] }", "\"failover\": { \"baseDelay\": \"10ms\" }");
    }

    @AfterAll
    static void close() {
        stage.close();
    }

    @Test
    void a_provider_receives_what_is_on_the_list_and_its_own_credentials() {
        Scene scene = stage.next();
        scene.first().always(Reply.json(200, FIRST.answer("ok")));
        stage.ask(
                scene,
                "Content-Type",
                "application/json",
                "Accept",
                "application/json",
                "User-Agent",
                "Theatre/1.0",
                "Authorization",
                "Bearer " + SdkCaller.API_KEY,
                "X-Api-Key",
                SdkCaller.API_KEY,
                "Api-Key",
                SdkCaller.API_KEY,
                "Cookie",
                "session=secret",
                "OpenAI-Beta",
                "assistants=v2",
                "Idempotency-Key",
                "once-17",
                "X-Request-Id",
                "req-from-caller-1",
                "traceparent",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "tracestate",
                "congo=t61rcWkgMzE",
                "baggage",
                "userId=alice",
                "X-Team",
                "search",
                "X-Other",
                "not on the list",
                "X-Forwarded-For",
                "10.1.2.3",
                "Connection",
                "keep-alive, X-Hop",
                "X-Hop",
                "for the next one alone",
                "Keep-Alive",
                "timeout=5",
                "TE",
                "trailers",
                "Proxy-Authorization",
                "Basic c2VjcmV0",
                "X-Understudy-Provider",
                scene.firstName(),
                "X-Understudy-Whatever",
                "x",
                "X-Stainless-Retry-Count",
                "0",
                "OpenAI-Organization",
                "org-of-the-caller",
                "Accept-Encoding",
                "gzip, br");
        Map<String, String> received = scene.first().awaitRequest().headers().byName();
        assertThat(received)
                .containsEntry("content-type", "application/json")
                .containsEntry("accept", "application/json")
                .containsEntry("user-agent", "Theatre/1.0")
                .containsEntry("authorization", "Bearer sk-key-of-" + scene.firstName())
                .containsEntry("openai-beta", "assistants=v2")
                .containsEntry("idempotency-key", "once-17")
                .containsEntry("x-request-id", "req-from-caller-1")
                .containsEntry("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                .containsEntry("tracestate", "congo=t61rcWkgMzE")
                .containsEntry("baggage", "userId=alice")
                .containsEntry("x-team", "search")
                .containsEntry("host", "127.0.0.1:" + scene.first().port());
        assertThat(received.keySet())
                .isSubsetOf(
                        "content-type",
                        "content-length",
                        "transfer-encoding",
                        "host",
                        "connection",
                        "accept",
                        "user-agent",
                        "authorization",
                        "openai-beta",
                        "idempotency-key",
                        "x-request-id",
                        "traceparent",
                        "tracestate",
                        "baggage",
                        "x-team");
    }

    @Test
    void the_callers_key_reaches_no_provider() {
        Scene scene = stage.next().secondAnswers();
        scene.first().always(Reply.json(500, FIRST.error(500)));
        stage.sdk().plain(scene.model());
        assertThat(List.of(scene.first().awaitRequest(), scene.second().awaitRequest()))
                .noneMatch(request -> request.headers().toString().contains(SdkCaller.API_KEY))
                .extracting(request -> request.headers().all("authorization"))
                .containsExactly(
                        List.of("Bearer sk-key-of-" + scene.firstName()),
                        List.of("Bearer sk-key-of-" + scene.secondName()));
    }

    @Test
    void the_callers_query_goes_along_without_its_keys() {
        Scene scene = stage.next();
        scene.first().always(Reply.json(200, FIRST.answer("ok")));
        stage.caller()
                .post(
                        "/v1/chat/completions?beta=true&key=secret&x=%C3%A4+b&api_key=secret",
                        BodyPublishers.ofString(FIRST.request(scene.model(), "Hi")));
        assertThat(scene.first().awaitRequest().target()).isEqualTo("/v1/chat/completions?beta=true&x=%C3%A4+b");
    }

    @Test
    void a_caller_receives_what_is_on_the_list() {
        Scene scene = stage.next();
        scene.first()
                .always(Reply.json(
                        200,
                        FIRST.answer("ok"),
                        "x-ratelimit-remaining-requests",
                        "59",
                        "anthropic-ratelimit-tokens-limit",
                        "1000",
                        "openai-processing-ms",
                        "42",
                        "openai-version",
                        "2020-10-01",
                        "x-request-id",
                        "req_of_the_provider",
                        "Set-Cookie",
                        "__cf_bm=secret; path=/",
                        "X-Internal",
                        "secret",
                        "Server",
                        "cloudflare",
                        "Strict-Transport-Security",
                        "max-age=1",
                        "Retry-After",
                        "7",
                        "Connection",
                        "X-Hop",
                        "X-Hop",
                        "secret"));
        Map<String, String> received = stage.ask(scene).headers().byName();
        assertThat(received)
                .containsEntry("content-type", "application/json")
                .containsEntry("x-ratelimit-remaining-requests", "59")
                .containsEntry("anthropic-ratelimit-tokens-limit", "1000")
                .containsEntry("openai-processing-ms", "42")
                .containsEntry("openai-version", "2020-10-01")
                .containsEntry("x-understudy-upstream-request-id", "req_of_the_provider");
        assertThat(received.get("x-request-id")).isEqualTo(received.get("x-understudy-request-id"));
        assertThat(received.toString()).doesNotContain("secret", "cloudflare");
        assertThat(received).doesNotContainKeys("set-cookie", "x-internal", "strict-transport-security", "retry-after");
    }

    @Test
    void a_failed_attempts_headers_are_never_seen() {
        Scene scene = stage.next().secondAnswers();
        scene.first()
                .always(Reply.json(
                        500,
                        FIRST.error(500),
                        "x-ratelimit-remaining-requests",
                        "0",
                        "openai-model",
                        "x",
                        "x-request-id",
                        "req_failed"));
        Map<String, String> received = stage.ask(scene).headers().byName();
        assertThat(received)
                .doesNotContainKeys(
                        "x-ratelimit-remaining-requests", "openai-model", "x-understudy-upstream-request-id");
    }

    @Test
    void a_stream_is_announced_as_one() {
        Scene scene = stage.next();
        scene.first().always(Reply.stream(FIRST.streamed("Hi").all()));
        try (RawCaller caller = RawCaller.connect(stage.port())
                .postJson("/v1/chat/completions", FIRST.streamedRequest(scene.model(), "Hi"))) {
            RawAnswer answer = caller.answer();
            assertThat(answer.headers().byName())
                    .containsEntry("cache-control", "no-cache, no-transform")
                    .containsEntry("x-accel-buffering", "no")
                    .doesNotContainKey("content-length");
            assertThat(answer.headers().first("content-type").orElseThrow()).startsWith("text/event-stream");
            assertThat(answer.text()).isEqualTo(FIRST.streamed("Hi").text());
        }
    }
}
