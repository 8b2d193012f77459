package io.understudy.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.servlet.testing.ChatWire;
import io.understudy.servlet.testing.GatewayServer;
import io.understudy.servlet.testing.RawAnswer;
import io.understudy.servlet.testing.RawCaller;
import io.understudy.servlet.testing.Reply;
import io.understudy.servlet.testing.ScriptedUpstream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each failure of the first provider, {@code a}, leads to; the second, {@code b}, always answers. */
class ReactionsTest {
    private static final ChatWire WIRE = new ChatWire("served");

    private final ScriptedUpstream first = ScriptedUpstream.start();
    private final ScriptedUpstream second = ScriptedUpstream.start().always(Reply.json(200, WIRE.answer("here")));

    @AfterEach
    void close() {
        first.close();
        second.close();
    }

    private static String error(String code, String message) {
        return "{\"error\":{\"message\":\"%s\",\"type\":null,\"param\":null,\"code\":\"%s\"}}".formatted(message, code);
    }

    /** A gateway that waits for nothing and remembers nothing, with more members of the first provider and of failover. */
    private GatewayServer gateway(String ofProvider, String ofFailover) throws Exception {
        return GatewayServer.start(
                """
                {"providers": {"a": {"type": "openai", "baseUrl": "%s", "apiKey": "sk-a"%s},
                               "b": {"type": "openai", "baseUrl": "%s", "apiKey": "sk-b"}},
                 "models": {"m": [{"provider": "a"}, {"provider": "b", "priority": 1}]},
                 "failover": {"baseDelay": "0s", "maxDelay": "0s"%s},
                 "health": {"enabled": false}}"""
                        .formatted(first.baseUrl(), ofProvider, second.baseUrl(), ofFailover));
    }

    private static RawAnswer ask(GatewayServer gateway) {
        try (RawCaller caller = RawCaller.connect(gateway.port())) {
            byte[] request = WIRE.request("m", "Hi").getBytes(StandardCharsets.UTF_8);
            return caller.post("/v1/chat/completions", request).answer();
        }
    }

    private RawAnswer ask(String ofProvider, String ofFailover) throws Exception {
        try (GatewayServer gateway = gateway(ofProvider, ofFailover)) {
            return ask(gateway);
        }
    }

    /** The report of the attempts without their durations. */
    private static String trace(RawAnswer answer) {
        return answer.headers().first("X-Understudy-Trace").orElse("").replaceAll(";\\d+ms", "");
    }

    @ParameterizedTest
    @CsvSource({
        "429, x, rate_limited",
        "503, x, overloaded",
        "529, x, overloaded",
        "500, x, server_error",
        "502, x, server_error",
        "504, x, server_error",
        "520, x, server_error",
        "524, x, server_error",
        "408, x, request_timeout",
    })
    void these_are_asked_once_more_before_the_next_one(int status, String code, String kind) throws Exception {
        first.always(Reply.json(status, error(code, "no")));
        RawAnswer answer = ask("", "");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(trace(answer)).isEqualTo("a;%1$d;%2$s, a;%1$d;%2$s, b;200".formatted(status, kind));
    }

    @ParameterizedTest
    @CsvSource({
        "402, x, quota_exhausted",
        "429, insufficient_quota, quota_exhausted",
        "400, insufficient_balance, quota_exhausted",
        "403, billing_not_active, quota_exhausted",
        "401, x, unauthorized",
        "403, x, unauthorized",
        "404, model_not_found, unavailable",
        "405, x, unavailable",
        "409, x, unavailable",
        "410, x, unavailable",
        "501, x, unavailable",
        "400, context_length_exceeded, context_overflow",
        "413, context_length_exceeded, context_overflow",
        "302, x, bad_answer",
        "200, x, bad_answer",
    })
    void these_send_on_to_the_next_one_at_once(int status, String code, String kind) throws Exception {
        first.always(Reply.json(status, error(code, "no")));
        RawAnswer answer = ask("", "");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(trace(answer)).isEqualTo("a;%d;%s, b;200".formatted(status, kind));
    }

    @ParameterizedTest
    @CsvSource({
        "400, content_policy_violation, content_policy",
        "400, content_filter, content_policy",
        "400, x, bad_request",
        "413, x, bad_request",
        "414, x, bad_request",
        "422, x, bad_request",
        "431, x, bad_request",
    })
    void these_are_the_callers_answer_and_not_worth_another_try(int status, String code, String kind) throws Exception {
        first.always(Reply.json(status, error(code, "yours"), "Retry-After", "1", "x-should-retry", "true"));
        RawAnswer answer = ask("", "");
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.text()).isEqualTo(error(code, "yours"));
        assertThat(answer.headers().first("Retry-After")).isEmpty();
        assertThat(answer.headers().all("x-should-retry")).containsExactly("false");
        assertThat(trace(answer)).isEqualTo("a;%d;%s".formatted(status, kind));
    }

    @Test
    void a_status_is_overridden_before_its_kind() throws Exception {
        first.always(Reply.json(404, error("x", "gone")));
        RawAnswer answer = ask("", ", \"reactions\": {\"unavailable\": \"RETRY\", \"404\": \"FAIL\"}");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.text()).isEqualTo(error("x", "gone"));
    }

    @Test
    void a_kind_is_overridden_for_all_of_its_statuses() throws Exception {
        first.always(Reply.json(422, error("x", "no")));
        assertThat(trace(ask("", ", \"reactions\": {\"bad_request\": \"NEXT\"}")))
                .isEqualTo("a;422;bad_request, b;200");
    }

    @Test
    void a_providers_own_override_goes_before_the_one_for_all() throws Exception {
        first.always(Reply.json(503, error("x", "no")));
        RawAnswer answer = ask(", \"reactions\": {\"overloaded\": \"NEXT\"}", ", \"reactions\": {\"503\": \"FAIL\"}");
        assertThat(trace(answer)).isEqualTo("a;503;overloaded, b;200");
    }

    @Test
    void a_400_passes_where_the_provider_is_known_for_it() throws Exception {
        first.always(Reply.json(400, error("x", "could not parse the body")));
        assertThat(trace(ask(", \"transient400\": true", "")))
                .isEqualTo("a;400;transient_400, a;400;transient_400, b;200");
    }

    @ParameterizedTest
    @CsvSource({
        "the Body was lost, 'a;400;transient_400, a;400;transient_400, b;200'",
        "anything else, a;400;bad_request"
    })
    void a_400_passes_if_its_text_matches_a_pattern_of_the_provider(String text, String trace) throws Exception {
        first.always(Reply.json(400, error("x", text)));
        assertThat(trace(ask(", \"transientPatterns\": [\"(?i)body was (lost|cut)\"]", "")))
                .isEqualTo(trace);
    }

    @Test
    void a_request_that_may_be_billed_is_not_sent_again_where_that_is_forbidden() throws Exception {
        first.always(Reply.announced(200, "application/json", 9000).close());
        RawAnswer answer = ask("", ", \"resendAfterWrite\": false");
        assertThat(answer.status()).isEqualTo(502);
        assertThat(trace(answer)).isEqualTo("a;200;connection");
        assertThat(second.requests()).isEmpty();
    }

    @Test
    void a_request_that_was_never_sent_is_sent_all_the_same() throws Exception {
        first.refuse();
        RawAnswer answer = ask("", ", \"resendAfterWrite\": false");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(trace(answer)).isEqualTo("a;-;connection, a;-;connection, b;200");
    }

    @Test
    void a_wait_that_was_asked_for_outlives_the_request_and_calls_nobody_meanwhile() throws Exception {
        first.always(Reply.json(429, error("x", "slow down"), "Retry-After", "600"));
        second.always(Reply.json(429, error("x", "slow down"), "Retry-After", "300"));
        try (GatewayServer gateway = GatewayServer.start(
                """
                {"providers": {"a": {"type": "openai", "baseUrl": "%s", "apiKey": "sk-a"},
                               "b": {"type": "openai", "baseUrl": "%s", "apiKey": "sk-b"}},
                 "models": {"m": [{"provider": "a"}, {"provider": "b"}]}}"""
                        .formatted(first.baseUrl(), second.baseUrl()))) {
            ask(gateway);
            RawAnswer answer = ask(gateway);
            assertThat(answer.status()).isEqualTo(429);
            assertThat(answer.text()).contains("all_providers_rate_limited");
            assertThat(answer.headers().first("X-Understudy-Attempts")).contains("0");
            assertThat(answer.headers().first("Retry-After")).isPresent();
            assertThat(Integer.parseInt(answer.headers().first("Retry-After").orElseThrow()))
                    .isBetween(1, 300);
            assertThat(answer.headers().first("x-should-retry")).contains("false");
        }
    }
}
