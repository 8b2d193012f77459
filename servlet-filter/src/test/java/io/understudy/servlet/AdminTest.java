package io.understudy.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.servlet.testing.ChatWire;
import io.understudy.servlet.testing.RawAnswer;
import io.understudy.servlet.testing.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What operators see, through the servlet. */
class AdminTest {
    private static final ChatWire CHAT = new ChatWire("served");

    private TwoProviders providers;
    private Recorded records;

    @BeforeEach
    void start() throws Exception {
        providers = new TwoProviders(
                """
                "models": {"public": [{"provider": "a", "model": "model-a", "weight": 3},
                                      {"provider": "b", "model": "model-b", "weight": 1},
                                      {"provider": "a", "model": "spare", "priority": 1},
                                      {"provider": "b", "model": "off", "enabled": false}]},
                "health": {"consecutiveFailures": 1},
                "failover": {"sameProviderRetries": 0},
                "adminKey": "the-admin-key"
                """);
        records = new Recorded();
    }

    @AfterEach
    void stop() {
        records.close();
        providers.close();
    }

    @Test
    void the_status_of_a_gateway_that_has_done_nothing_yet_has_every_key() {
        assertThat(look("/status").text())
                .isEqualTo("{\"providers\":{" + provider("a") + "," + provider("b") + "},\"models\":{\"public\":["
                        + candidate("a", "model-a", "3.0", 0) + "," + candidate("b", "model-b", "1.0", 0) + ","
                        + candidate("a", "spare", "1.0", 1) + "," + candidate("b", "off", "1.0", 0) + "]}}");
    }

    @Test
    void it_tells_of_failures_and_of_what_they_have_led_to() {
        providers.a().always(Reply.json(500, CHAT.error(500)));
        providers.b().always(Reply.json(429, CHAT.error(429), "Retry-After", "30"));

        providers.post("/chat/completions", CHAT.request("public", "Hi"), records.header());
        records.next();

        assertThat(look("/status").text())
                .containsPattern("\"model\":\"model-a\",\"weight\":3.0,\"priority\":0,\"circuit\":\"open\","
                        + "\"cooldownSeconds\":(10|9|8|7|6|5|4|3|2|1),\"lastFailure\":\\{\"at\":\"[^\"]+Z\","
                        + "\"kind\":\"server_error\",\"status\":500},\"requests\":1,\"failures\":1,\"latencyMs\":null")
                .containsPattern(
                        "\"model\":\"model-b\",\"weight\":1.0,\"priority\":0,\"circuit\":\"closed\","
                                + "\"cooldownSeconds\":(30|2\\d),\"lastFailure\":\\{\"at\":\"[^\"]+Z\",\"kind\":\"rate_limited\",\"status\":429}");
        assertThat(look("/explain?model=public").text())
                .containsPattern("\"model\":\"model-a\",\"priority\":0,\"weight\":3.0,\"chanceFirst\":[^,]+,"
                        + "\"state\":\"open\",\"reason\":\"its circuit is open, \\d+ s left\"")
                .containsPattern(
                        "\"state\":\"cooling\",\"reason\":\"a cooldown that the provider asked for, \\d+ s left\"");
    }

    @Test
    void it_tells_how_long_answers_take() {
        providers.a().always(Reply.stream(CHAT.streamed("Hello").all()));
        providers.b().always(Reply.stream(CHAT.streamed("Hello").all()));

        providers.post("/chat/completions", CHAT.streamedRequest("public", "Hi"), records.header());
        records.next();

        assertThat(look("/status").text())
                .containsPattern("\"requests\":1,\"failures\":0,\"latencyMs\":\\{\"p50\":\\d+,\"p99\":\\d+},"
                        + "\"firstTokenMs\":\\{\"p50\":\\d+,\"p99\":\\d+}");
    }

    @Test
    void explain_says_who_would_be_asked_and_why_not() {
        String explained = look("/explain?model=public&dialect=chat").text();
        assertThat(explained)
                .startsWith("{\"model\":\"public\",\"dialect\":\"chat\",\"candidates\":[")
                .contains(
                        row("a", "model-a", 0, "3.0", "0.75", "ready", "nothing is in the way"),
                        row("b", "model-b", 0, "1.0", "0.25", "ready", "nothing is in the way"))
                .endsWith(row("a", "spare", 1, "1.0", "0.0", "ready", "nothing is in the way") + ","
                        + row("b", "off", 0, "1.0", "0.0", "skipped", "the candidate is disabled") + "]}");
        assertThat(providers.a().requests()).isEmpty();
    }

    @Test
    void embeddings_of_other_models_are_skipped() {
        assertThat(look("/explain?model=public&dialect=embeddings").text())
                .contains(row(
                        "b",
                        "model-b",
                        0,
                        "1.0",
                        "0.0",
                        "skipped",
                        "its vectors are of another model than the first candidate's"));
    }

    @Test
    void explain_wants_a_model_that_there_is() {
        assertThat(look("/explain").status()).isEqualTo(400);
        assertThat(look("/explain?model=none").status()).isEqualTo(404);
        assertThat(look("/explain?model=public&dialect=latin").status()).isEqualTo(400);
    }

    @Test
    void exchanges_are_the_records_newest_first() {
        providers.post("/chat/completions", CHAT.request("one", "Hi"), records.header());
        String first = records.next();
        providers.post("/chat/completions", CHAT.request("two", "Hi"), records.header());
        String second = records.next();

        assertThat(look("/exchanges").text()).isEqualTo("[" + second + "," + first + "]");
    }

    @Test
    void metrics_are_in_prometheus_text() {
        providers.a().always(Reply.json(200, CHAT.answer("Hello")));
        providers.b().always(Reply.json(200, CHAT.answer("Hello")));
        providers.post("/chat/completions", CHAT.request("public", "Hi"), records.header());
        records.next();

        RawAnswer metrics = look("/metrics");

        assertThat(metrics.headers().first("Content-Type").orElseThrow())
                .startsWith("text/plain")
                .contains("version=0.0.4", "charset=utf-8");
        assertThat(metrics.text())
                .contains(
                        "understudy_exchanges_total{caller=\"none\",dialect=\"chat\",model=\"public\",outcome=\"success\"} 1")
                .contains("understudy_circuit{model=\"spare\",provider=\"a\"} 0")
                .contains("# TYPE understudy_overhead_seconds histogram")
                .contains("# TYPE gen_ai_client_operation_duration_seconds histogram");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/status", "/explain", "/exchanges", "/metrics", "/anything"})
    void everything_but_health_and_the_page_needs_the_key(String path) {
        RawAnswer without = providers.askAt("localhost", "GET", "/understudy" + path);
        assertThat(without.status()).isEqualTo(401);
        assertThat(without.headers().first("WWW-Authenticate")).contains("Bearer");
        assertThat(providers
                        .askAt("localhost", "GET", "/understudy" + path, "Authorization", "Bearer the-admin-kez")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void health_is_open_to_all() {
        RawAnswer health =
                providers.askAt("gateway.example", "GET", "/understudy/health", "X-Forwarded-For", "1.2.3.4");
        assertThat(health.status()).isEqualTo(200);
        assertThat(health.headers().first("Cache-Control")).contains("no-store");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "PATCH"})
    void there_is_nothing_to_change(String method) {
        RawAnswer answer =
                providers.askAt("localhost", method, "/understudy/status", "Authorization", "Bearer the-admin-key");
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.headers().first("Allow")).contains("GET, HEAD");
        assertThat(providers.askAt("localhost", method, "/understudy/status").status())
                .isEqualTo(401);
    }

    @Test
    void what_there_is_not_is_not_found() {
        assertThat(look("/anything").status()).isEqualTo(404);
    }

    @Test
    void the_page_lets_the_browser_do_only_what_it_needs() {
        RawAnswer page = providers.askAt("gateway.example", "GET", "/understudy/");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text()).startsWith("<!doctype html>").doesNotContain("http://localhost", "https://");
        assertThat(page.headers().first("X-Content-Type-Options")).contains("nosniff");
        assertThat(page.headers().first("Content-Security-Policy").orElseThrow())
                .matches(
                        "default-src 'none'; script-src 'sha256-\\S{44}'; style-src 'sha256-\\S{44}'; connect-src 'self';"
                                + " img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    }

    @Test
    void a_missing_slash_is_added() {
        RawAnswer redirect = providers.askAt("localhost", "GET", "/understudy");
        assertThat(redirect.status()).isEqualTo(302);
        assertThat(redirect.headers().first("Location")).contains("/understudy/");
    }

    private RawAnswer look(String path) {
        return providers.askAt("localhost", "GET", "/understudy" + path, "Authorization", "Bearer the-admin-key");
    }

    private static String provider(String name) {
        return "\"" + name
                + "\":{\"dialects\":[\"chat\",\"messages\",\"responses\",\"embeddings\"],\"enabled\":true,\"cooldownSeconds\":0}";
    }

    private static String candidate(String provider, String model, String weight, int priority) {
        return "{\"provider\":\"" + provider + "\",\"model\":\"" + model + "\",\"weight\":" + weight + ",\"priority\":"
                + priority
                + ",\"circuit\":\"closed\",\"cooldownSeconds\":0,\"lastFailure\":null,\"requests\":0,\"failures\":0,"
                + "\"latencyMs\":null,\"firstTokenMs\":null}";
    }

    private static String row(
            String provider, String model, int priority, String weight, String chance, String state, String reason) {
        return "{\"provider\":\"" + provider + "\",\"model\":\"" + model + "\",\"priority\":" + priority
                + ",\"weight\":" + weight + ",\"chanceFirst\":" + chance + ",\"state\":\"" + state + "\",\"reason\":\""
                + reason + "\"}";
    }
}
