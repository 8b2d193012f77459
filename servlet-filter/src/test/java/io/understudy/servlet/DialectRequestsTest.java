package io.understudy.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.servlet.testing.GatewayServer;
import io.understudy.servlet.testing.MessagesWire;
import io.understudy.servlet.testing.RawAnswer;
import io.understudy.servlet.testing.RawCaller;
import io.understudy.servlet.testing.ReceivedRequest;
import io.understudy.servlet.testing.Reply;
import io.understudy.servlet.testing.ScriptedUpstream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a request's head and path reaches a provider, and which one it reaches. */
class DialectRequestsTest {
    private final MessagesWire wire = new MessagesWire("served");
    private final ScriptedUpstream openai = ScriptedUpstream.start();
    private final ScriptedUpstream claude = ScriptedUpstream.start();
    private GatewayServer gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = GatewayServer.start(
                """
                {"providers": {
                   "openai": {"type": "openai", "baseUrl": "%s", "apiKey": "sk-openai", "query": {"api-version": "1"}},
                   "claude": {"type": "anthropic", "baseUrl": "%s", "apiKey": "sk-claude"}},
                 "models": {"public": [{"provider": "openai"}, {"provider": "claude", "priority": 1}],
                            "gpt": [{"provider": "openai"}]}}
                """
                        .formatted(openai.baseUrl(), claude.baseUrl()));
        openai.always(Reply.json(200, "{}"));
        claude.always(Reply.json(200, "{}"));
    }

    @AfterEach
    void stop() {
        gateway.close();
        openai.close();
        claude.close();
    }

    @Test
    void a_version_and_betas_of_the_callers_pass_unchanged() {
        post(
                "/v1/messages?beta=true",
                "anthropic-version",
                "2026-10-21",
                "anthropic-beta",
                "claude-code-20250219,interleaved-thinking-2025-05-14",
                "anthropic-beta",
                "effort-2025-11-24");

        ReceivedRequest received = claude.awaitRequest();
        assertThat(received.target()).isEqualTo("/v1/messages?beta=true");
        assertThat(received.headers().all("anthropic-version")).containsExactly("2026-10-21");
        assertThat(String.join(", ", received.headers().all("anthropic-beta")))
                .isEqualTo("claude-code-20250219,interleaved-thinking-2025-05-14, effort-2025-11-24");
        assertThat(received.headers().all("x-api-key")).containsExactly("sk-claude");
    }

    @Test
    void a_default_version_is_sent_where_the_caller_has_given_none() {
        post("/v1/messages/count_tokens");

        ReceivedRequest received = claude.awaitRequest();
        assertThat(received.target()).isEqualTo("/v1/messages/count_tokens");
        assertThat(received.headers().all("anthropic-version")).containsExactly("2023-06-01");
        assertThat(received.headers().all("anthropic-beta")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/messages,             claude",
        "/messages/count_tokens, claude",
        "/chat/completions,     openai",
        "/responses,            openai",
        "/embeddings,           openai"
    })
    void a_provider_that_does_not_speak_the_dialect_is_skipped(String path, String provider) {
        assertThat(post("/v1" + path).headers().first("X-Understudy-Provider")).contains(provider);
    }

    @Test
    void a_model_that_nobody_offers_in_the_dialect_has_no_provider() {
        RawAnswer answer = RawCaller.connect(gateway.port())
                .postJson("/v1/messages", wire.request("gpt", "Hi"))
                .answer();

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.text()).contains("not_found_error", "no provider of the model \\\"gpt\\\"", "messages");
        assertThat(openai.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            textBlock =
                    """
            -                                     | ?api-version=1
            beta=true                             | ?beta=true&api-version=1
            key=secret&a=%20b&api_key=x&c[]=d     | ?a=%20b&c[]=d&api-version=1
            KEY=1&api%5Fkey=x&api-version=9&a     | ?KEY=1&a&api-version=1
            """)
    void the_query_goes_up_without_keys_and_the_providers_own_wins(@Nullable String query, String sent) {
        post("/v1/chat/completions" + (query == null ? "" : "?" + query));

        assertThat(openai.awaitRequest().target()).isEqualTo("/v1/chat/completions" + sent);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            text/event-stream                               | true
            application/json, text/event-stream             | true
            TEXT/EVENT-STREAM; charset=utf-8                | true
            application/json, text/event-stream;q=0.1       | true
            text/event-stream;q=0                           | false
            text/event-stream; q=0.000                      | false
            text/*                                          | false
            */*                                             | false
            text/event-streams                              | false
            application/json                                | false
            """)
    void only_an_accept_header_that_names_event_streams_asks_for_one(String accept, boolean streamed) {
        claude.then(streamed ? Reply.stream(wire.streamed("Hi").all()) : Reply.json(200, wire.answer("Hi")));

        RawAnswer answer = post("/v1/messages", "Accept", accept);

        assertThat(answer.text()).isEqualTo(streamed ? wire.streamed("Hi").text() : wire.answer("Hi"));
        assertThat(claude.awaitRequest().text().contains("\"stream\":true")).isEqualTo(streamed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "null"})
    void a_body_that_says_something_of_streaming_decides_alone(String stream) {
        claude.then(Reply.json(200, wire.answer("Hi")));
        String body = wire.streamedRequest("public", "Hi").replace("\"stream\":true", "\"stream\":" + stream);

        RawAnswer answer = RawCaller.connect(gateway.port())
                .post("/v1/messages", body.getBytes(UTF_8), "Accept", "text/event-stream")
                .answer();

        assertThat(answer.text()).isEqualTo(wire.answer("Hi"));
        assertThat(claude.awaitRequest().text()).isEqualTo(body);
    }

    private RawAnswer post(String target, String... headers) {
        try (RawCaller caller = RawCaller.connect(gateway.port())) {
            byte[] body = wire.request("public", "Hi").getBytes(UTF_8);
            return caller.post(target, body, headers).answer();
        }
    }
}
