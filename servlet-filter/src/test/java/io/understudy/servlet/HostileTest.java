package io.understudy.servlet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.servlet.testing.ChatWire;
import io.understudy.servlet.testing.GatewayServer;
import io.understudy.servlet.testing.RawAnswer;
import io.understudy.servlet.testing.RawCaller;
import io.understudy.servlet.testing.ReceivedRequest;
import io.understudy.servlet.testing.Reply;
import io.understudy.servlet.testing.ScriptedUpstream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers and providers that try to get through what separates requests, headers and lines, or to exhaust the gateway. */
class HostileTest {
    private static final String CHAT = "/v1/chat/completions";

    private final ChatWire wire = new ChatWire("served-model");
    private final ScriptedUpstream first = ScriptedUpstream.start();
    private final ScriptedUpstream second = ScriptedUpstream.start();
    private final GatewayServer gateway;

    HostileTest() throws Exception {
        first.always(Reply.json(200, wire.answer("from the first")));
        second.always(Reply.json(200, wire.answer("from the second")));
        gateway = GatewayServer.start(
                """
                {"providers": {"a": {"type": "openai", "baseUrl": "%s", "apiKey": "sk-of-a"},
                               "b": {"type": "openai", "baseUrl": "%s"}},
                 "models": {"gpt": [{"provider": "a"}, {"provider": "b", "priority": 1}]},
                 "failover": {"sameProviderRetries": 0}, "limits": {"maxRequestBytes": "1MiB"}}
                """
                        .formatted(first.baseUrl(), second.baseUrl()));
    }

    @AfterEach
    void stop() {
        gateway.close();
        first.close();
        second.close();
    }

    @Test
    void a_header_that_connection_names_goes_no_further_and_takes_no_other_away() {
        RawAnswer answer = ask(
                wire.request("gpt", "Hi"),
                "Connection",
                "openai-beta, Authorization, Content-Type, Host",
                "OpenAI-Beta",
                "assistants=v2",
                "Idempotency-Key",
                "once");

        assertThat(answer.status()).isEqualTo(200);
        ReceivedRequest received = first.awaitRequest();
        assertThat(received.headers().all("OpenAI-Beta")).isEmpty();
        assertThat(received.headers().all("Idempotency-Key")).containsExactly("once");
        assertThat(received.headers().all("Authorization")).containsExactly("Bearer sk-of-a");
        assertThat(received.headers().all("Content-Type")).containsExactly("application/json");
    }

    @Test
    void a_providers_header_that_connection_names_goes_no_further() {
        first.always(Reply.json(
                200,
                wire.answer("from the first"),
                "Connection",
                "openai-internal",
                "openai-internal",
                "x",
                "openai-version",
                "2020-10-01"));

        RawAnswer answer = ask(wire.request("gpt", "Hi"));

        assertThat(answer.headers().all("openai-internal")).isEmpty();
        assertThat(answer.headers().all("openai-version")).containsExactly("2020-10-01");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a%0d%0aX-Injected: yes", "a%0aX-Injected: yes", "%00", "%c3%a4", "a%e2%80%a8b", "ä"})
    void a_pin_with_line_breaks_or_foreign_letters_injects_nothing(String pin) {
        try (CapturedLog log = CapturedLog.of("io.understudy.exchange")) {
            RawAnswer answer = ask(wire.request("gpt", "Hi"), "X-Understudy-Provider", pin);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.headers().all("X-Injected")).isEmpty();
            assertThat(first.awaitRequest().headers().all("X-Injected")).isEmpty();
            assertThat(log.await("does not offer the model").strip().lines())
                    .as("the line with the logger's name, and that of the message")
                    .hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gpt\\r\\nX-Injected: yes",
                "gpt@a\\r\\nX-Injected: yes",
                "gpt\\u0000",
                "gpt\\u2028x",
                "gpt@\\u00e4",
                "\\ud800",
                "ä"
            })
    void a_model_with_line_breaks_or_foreign_letters_injects_nothing(String model) {
        RawAnswer answer = ask("{\"model\":\"" + model + "\",\"messages\":[]}");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.headers().all("X-Injected")).isEmpty();
        assertThat(answer.text()).doesNotContain("\r").contains("model_not_found");
        assertThat(first.requests()).isEmpty();
    }

    @Test
    void a_query_with_line_breaks_stays_encoded() {
        try (RawCaller caller = caller()) {
            RawAnswer answer = caller.post(
                            CHAT + "?x=1%0d%0aX-Injected:%20yes",
                            wire.request("gpt", "Hi").getBytes(UTF_8))
                    .answer();

            assertThat(answer.status()).isEqualTo(200);
            ReceivedRequest received = first.awaitRequest();
            assertThat(received.target()).isEqualTo(CHAT + "?x=1%0d%0aX-Injected:%20yes");
            assertThat(received.headers().all("X-Injected")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
                "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
                "Content-Length: 5\r\nContent-Length: 6\r\n",
                "Transfer-Encoding: chunked, identity\r\n",
                "Transfer-Encoding : chunked\r\n"
            })
    void a_length_with_two_meanings_smuggles_no_request(String framing) {
        String smuggled = "POST " + CHAT + " HTTP/1.1\r\nHost: x\r\nContent-Length: 15\r\n\r\n{\"model\":\"gpt\"}";
        try (RawCaller caller = caller()) {
            caller.send("POST " + CHAT + " HTTP/1.1\r\nHost: localhost\r\n" + framing + "\r\n0\r\n\r\n" + smuggled);

            assertThat(caller.answer().status()).isBetween(400, 501);
            assertThat(caller.ended()).isTrue();
        }
        assertThat(first.requests()).isEmpty();
        assertThat(second.requests()).isEmpty();
    }

    @Test
    void an_answer_whose_length_has_two_meanings_is_none() {
        first.always(Reply.silence()
                .write(
                        ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 5\r\nContent-Length: 50\r\n"
                                        + "\r\n" + wire.answer("smuggled"))
                                .getBytes(UTF_8))
                .close());

        assertThat(ask(wire.request("gpt", "Hi")).text()).contains("from the second");
    }

    @Test
    void a_head_without_end_is_a_failed_call() {
        Reply endless = Reply.silence().write("HTTP/1.1 200 OK\r\n".getBytes(ISO_8859_1));
        for (int i = 0; i < 40; i++) {
            endless = endless.write(("X-Filler-" + i + ": " + "x".repeat(4_000) + "\r\n").getBytes(ISO_8859_1));
        }
        first.always(endless.stall());

        assertThat(ask(wire.request("gpt", "Hi")).text()).contains("from the second");
        first.awaitClosed(first.requests().get(0).connection());
    }

    @Test
    void a_callers_head_without_end_is_refused() {
        RawAnswer answer = ask(wire.request("gpt", "Hi"), "X-Filler", "x".repeat(20_000));

        assertThat(answer.status()).isEqualTo(431);
        assertThat(first.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":"})
    void ten_thousand_levels_are_refused(String level) {
        RawAnswer answer = ask("{\"model\":\"gpt\",\"x\":" + level.repeat(10_000));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("nested too deeply");
        assertThat(first.requests()).isEmpty();
    }

    @Test
    void bytes_that_are_not_utf_8_are_refused() {
        try (RawCaller caller = caller()) {
            byte[] body = "{\"model\":\"gpt\",\"x\":\"\u00e4\u00ff\"}".getBytes(ISO_8859_1);

            assertThat(caller.post(CHAT, body).answer().text()).contains("not UTF-8");
        }
        assertThat(first.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"model\":\"gpt\",\"model\":\"x\"",
                "\"model\":\"gpt\",\"\\u006dodel\":\"x\"",
                "\"model\":\"gpt\",\"stream\":true,\"stream\":false"
            })
    void a_key_that_decides_and_comes_twice_is_refused(String members) {
        assertThat(ask("{" + members + "}").text()).contains("a second");
        assertThat(first.requests()).isEmpty();
    }

    @Test
    void spaces_without_end_are_refused_at_the_limit_and_not_read_on() {
        byte[] chunk = ("10000\r\n" + " ".repeat(0x10000) + "\r\n").getBytes(ISO_8859_1);
        try (RawCaller caller = caller()) {
            caller.send("POST " + CHAT + " HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
            // The limit is 1 MiB; this is one chunk more, of a body that never ends.
            for (int i = 0; i <= 16; i++) {
                caller.send(chunk);
            }

            assertThat(caller.answer().status()).isEqualTo(413);
        }
        assertThat(first.requests()).isEmpty();
    }

    private RawCaller caller() {
        return RawCaller.connect(gateway.port());
    }

    private RawAnswer ask(String body, String... headers) {
        try (RawCaller caller = caller()) {
            return caller.post(CHAT, body.getBytes(UTF_8), headers).answer();
        }
    }
}
