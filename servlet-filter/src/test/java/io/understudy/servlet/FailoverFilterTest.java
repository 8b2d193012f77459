package io.understudy.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.servlet.testing.ChatWire;
import io.understudy.servlet.testing.GatewayServer;
import io.understudy.servlet.testing.RawAnswer;
import io.understudy.servlet.testing.RawCaller;
import io.understudy.servlet.testing.Reply;
import io.understudy.servlet.testing.ScriptedUpstream;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The filter as its caller and its providers see it. */
class FailoverFilterTest {
    private static final String CHAT = "/v1/chat/completions";

    private final ChatWire wire = new ChatWire("served-model");
    private final ScriptedUpstream first = ScriptedUpstream.start();
    private final ScriptedUpstream second = ScriptedUpstream.start();

    @SuppressWarnings("NullAway.Init") // each test starts its own
    private GatewayServer gateway;

    @AfterEach
    void stop() {
        gateway.close();
        first.close();
        second.close();
    }

    @ParameterizedTest
    @CsvSource({
        "500, server_error",
        "503, overloaded",
        "529, overloaded",
        "429, rate_limited",
        "401, unauthorized",
        "404, unavailable",
        "302, bad_answer"
    })
    void another_provider_takes_over_when_the_first_one_answers(int status, String kind) {
        start("");
        first.always(Reply.json(status, wire.error(status)));
        second.then(Reply.json(200, wire.answer("Hello")));

        RawAnswer answer = ask(wire.request("gpt", "Hi"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers().first("X-Understudy-Provider")).contains("b");
        assertThat(answer.headers().first("X-Understudy-Model")).contains("model-b");
        assertThat(answer.headers().first("X-Understudy-Trace").orElseThrow())
                .matches("(a;%d;\\d+ms;%s, )+b;200;\\d+ms".formatted(status, kind));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{\"error\":{\"message\":\"x\",\"type\":\"server_error\"}}", "{\"id\":", "<html>no</html>"})
    void a_success_that_is_none_is_not_passed_on(String body) {
        start("");
        first.always(Reply.json(200, body));
        second.then(Reply.json(200, wire.answer("Hello")));

        assertThat(ask(wire.request("gpt", "Hi")).text()).contains("Hello");
    }

    @Test
    void bytes_that_are_not_http_are_the_providers_doing() {
        start("");
        first.always(
                Reply.silence().write("SMTP 220 hello\r\n\r\n".getBytes(UTF_8)).close());
        second.then(Reply.json(200, wire.answer("Hello")));

        RawAnswer answer = ask(wire.request("gpt", "Hi"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers().first("X-Understudy-Trace").orElseThrow()).contains("bad_answer");
    }

    @Test
    void an_event_without_end_is_the_providers_doing() {
        start("");
        first.always(Reply.stream().event("data: " + "x".repeat(1_100_000)).stall());
        second.then(Reply.stream(wire.streamed("Hello").all()));

        assertThat(ask(wire.streamedRequest("gpt", "Hi")).text())
                .isEqualTo(wire.streamed("Hello").text());
        first.awaitClosed(first.requests().get(0).connection());
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 413, 422})
    void a_request_that_is_wrong_is_told_so_by_the_provider_itself(int status) {
        start("");
        first.then(Reply.json(status, wire.error(status)));

        RawAnswer answer = ask(wire.request("gpt", "Hi"));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.text()).isEqualTo(wire.error(status));
        assertThat(second.requests()).isEmpty();
    }

    @Test
    void an_error_that_is_not_json_is_wrapped_and_has_its_keys_masked() {
        start("");
        first.then(Reply.answer(400, "text/html", "<h1>Bad key sk-first-provider</h1>".getBytes(UTF_8)));

        RawAnswer answer = ask(wire.request("gpt", "Hi"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text())
                .contains("\"code\":\"unparseable_error\"", "***")
                .doesNotContain("sk-first");
    }

    @Test
    void when_everybody_fails_the_caller_is_told_and_its_sdk_does_not_try_again() {
        start("");
        first.always(Reply.json(500, wire.error(500)));
        second.always(Reply.json(503, wire.error(503)));

        RawAnswer answer = ask(wire.request("gpt", "Hi"));

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.text()).contains("\"code\":\"all_providers_failed\"", "\"type\":\"upstream_error\"");
        assertThat(answer.headers().first("x-should-retry")).contains("false");
        assertThat(answer.headers().first("X-Understudy-Attempts")).contains("4");
        assertThat(answer.headers().first("X-Understudy-Provider")).isEmpty();
    }

    @Test
    void an_error_event_before_content_leaves_no_trace_in_the_callers_stream() {
        start("");
        first.always(Reply.stream()
                .events(wire.streamed("x").opening())
                .event(wire.errorEvent("server_error", "no"))
                .end());
        second.then(Reply.stream(wire.streamed("Hel", "lo").all()));

        RawAnswer answer = ask(wire.streamedRequest("gpt", "Hi"));

        assertThat(answer.text()).isEqualTo(wire.streamed("Hel", "lo").text());
        assertThat(answer.headers().first("Content-Type")).contains("text/event-stream");
    }

    @Test
    void a_stream_that_breaks_after_content_ends_with_an_error_and_without_a_marker() {
        start("");
        first.then(Reply.stream()
                .events(wire.streamed("Hel", "lo").opening())
                .events(wire.streamed("Hel", "lo").content())
                .event("data: {\"half\":")
                .end());

        String text = ask(wire.streamedRequest("gpt", "Hi")).text();

        assertThat(text).contains("Hel").doesNotContain("half").doesNotContain("[DONE]");
        assertThat(text)
                .endsWith("event: error\ndata: {\"error\":{\"message\":\"a: the stream ended without its end marker\","
                        + "\"type\":\"server_error\",\"param\":null,\"code\":\"upstream_stream_error\"}}\n\n");
        assertThat(second.requests()).isEmpty();
    }

    @Test
    void a_stream_that_is_whole_but_for_its_marker_gets_it() {
        start("");
        List<String> ending = wire.streamed("Hello").ending();
        first.then(Reply.stream()
                .events(wire.streamed("Hello").opening())
                .events(wire.streamed("Hello").content())
                .events(ending.subList(0, ending.size() - 1))
                .end());

        assertThat(ask(wire.streamedRequest("gpt", "Hi")).text())
                .isEqualTo(wire.streamed("Hello").text());
    }

    @Test
    void failover_goes_on_behind_the_heartbeat_and_a_final_failure_is_an_event() {
        start(
                "\"streaming\": {\"heartbeat\": \"50ms\"}, \"timeouts\": {\"firstToken\": \"300ms\", \"exchange\": \"900ms\"}");
        first.always(Reply.silence().stall());
        second.always(Reply.silence().stall());

        RawAnswer answer = ask(wire.streamedRequest("gpt", "Hi"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text())
                .startsWith(": keep-alive\n\n")
                .contains("event: error\n")
                .doesNotContain("[DONE]");
        assertThat(second.requests()).hasSize(1);
        first.awaitClosed(first.requests().get(0).connection());
        second.awaitClosed(second.requests().get(0).connection());
    }

    @Test
    void what_is_not_ours_goes_down_the_chain_with_its_body_unread() {
        start("");

        RawAnswer answer = RawCaller.connect(gateway.port())
                .postJson("/v1/messages/of/somebody", "{\"model\":\"gpt\"}")
                .answer();

        assertThat(answer.headers().first("X-Host")).isPresent();
        assertThat(answer.text()).isEqualTo("{\"model\":\"gpt\"}");
        assertThat(answer.headers().first("X-Understudy-Request-Id")).isEmpty();
    }

    @Test
    void a_caller_without_a_key_is_refused_before_anything_else() {
        start(
                "\"clientKeys\": [{\"name\": \"team\", \"key\": \"team-secret-key\", \"models\": [\"other\"]}, \"second-key\"]");
        first.always(Reply.json(200, wire.answer("Hello")));

        assertThat(ask("not json").status()).isEqualTo(401);
        assertThat(ask(wire.request("gpt", "Hi"), "x-api-key", "wrong").status())
                .isEqualTo(401);
        assertThat(ask(wire.request("gpt", "Hi"), "Authorization", "Bearer second-key")
                        .status())
                .isEqualTo(200);
        assertThat(ask(wire.request("gpt", "Hi"), "api-key", "team-secret-key").status())
                .isEqualTo(403);
        assertThat(first.awaitRequest().headers().all("Authorization")).containsExactly("Bearer sk-first-provider");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "400 | invalid_body    | [1, 2]",
                "400 | invalid_body    | {\"model\": \"gpt\", \"model\": \"gpt\"}",
                "400 | missing_model   | {\"messages\": []}",
                "404 | model_not_found | {\"model\": \"gpt-9\"}"
            })
    void a_bad_request_is_refused_without_a_call(int status, String code, String body) {
        start("");

        RawAnswer answer = ask(body);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.text()).contains("\"code\":\"" + code + "\"", "\"type\":\"invalid_request_error\"");
        assertThat(answer.headers().first("X-Understudy-Attempts")).contains("0");
        assertThat(first.requests()).isEmpty();
    }

    @Test
    void a_gateway_that_closes_tells_those_who_wait() {
        start("");
        first.always(Reply.silence().stall());
        RawCaller plain = RawCaller.connect(gateway.port()).postJson(CHAT, wire.request("gpt", "Hi"));
        first.awaitRequest();

        gateway.undeploy();

        assertThat(plain.answer().status()).isEqualTo(503);
        first.awaitClosed(first.requests().get(0).connection());
    }

    @Test
    void a_gateway_that_closes_ends_streams_with_an_error() {
        start("");
        first.always(Reply.stream()
                .events(wire.streamed("Hello").opening())
                .events(wire.streamed("Hello").content())
                .stall());
        RawCaller streamed = RawCaller.connect(gateway.port()).postJson(CHAT, wire.streamedRequest("gpt", "Hi"));
        streamed.head();
        streamed.chunksUpTo("Hello");

        gateway.undeploy();

        assertThat(streamed.chunksUpTo("gateway is stopping")).startsWith("event: error\n");
        assertThat(streamed.chunk()).isEmpty();
        first.awaitClosed(first.requests().get(0).connection());
    }

    @Test
    void a_body_beyond_the_limit_is_refused() {
        start("\"limits\": {\"maxRequestBytes\": \"1KiB\"}");

        assertThat(ask(wire.request("gpt", "x".repeat(2000))).status()).isEqualTo(413);
        assertThat(ask(wire.request("gpt", "Hi"), "Content-Encoding", "br").status())
                .isEqualTo(415);
    }

    private RawAnswer ask(String body, String... headers) {
        return RawCaller.connect(gateway.port())
                .post(CHAT, body.getBytes(UTF_8), headers)
                .answer();
    }

    private void start(String more) {
        try {
            gateway = GatewayServer.start(
                    """
                    {"providers": {
                       "a": {"type": "openai", "baseUrl": "%s", "apiKey": "sk-first-provider"},
                       "b": {"type": "openai", "baseUrl": "%s", "apiKey": "sk-second-provider"}},
                     "models": {"gpt": [{"provider": "a", "model": "model-a"}, {"provider": "b", "priority": 1, "model": "model-b"}], "other": [{"provider": "a"}]}
                     %s %s}
                    """
                            .formatted(first.baseUrl(), second.baseUrl(), more.isEmpty() ? "" : ",", more));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
