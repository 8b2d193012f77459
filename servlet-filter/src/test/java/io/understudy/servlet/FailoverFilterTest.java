package io.understudy.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.servlet.testing.ChatWire;
import io.understudy.servlet.testing.GatewayServer;
import io.understudy.servlet.testing.RawAnswer;
import io.understudy.servlet.testing.RawCaller;
import io.understudy.servlet.testing.Reply;
import io.understudy.servlet.testing.ScriptedUpstream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FailoverFilterTest {
    private final ChatWire wire = new ChatWire("served-model");
    private final ScriptedUpstream first = ScriptedUpstream.start();
    private final ScriptedUpstream second = ScriptedUpstream.start();
    private GatewayServer gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = GatewayServer.start(
                """
                {"providers": {
                   "a": {"type": "openai", "baseUrl": "%s", "apiKey": "sk-first-provider"},
                   "b": {"type": "openai", "baseUrl": "%s", "apiKey": "sk-second-provider"}},
                 "models": {"gpt": [{"provider": "a", "model": "model-a"}, {"provider": "b", "priority": 1, "model": "model-b"}]}}
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
    void a_plain_answer_is_relayed() {
        first.then(Reply.json(200, wire.answer("Hello")));
        RawAnswer answer = RawCaller.connect(gateway.port())
                .postJson("/v1/chat/completions", wire.request("gpt", "Hi"))
                .answer();
        System.out.println(answer);
        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void a_stream_is_relayed() {
        first.then(Reply.json(503, wire.error(503)), Reply.json(503, wire.error(503)));
        second.then(Reply.stream(wire.streamed("Hel", "lo").all()));
        RawAnswer answer = RawCaller.connect(gateway.port())
                .postJson("/v1/chat/completions", wire.streamedRequest("gpt", "Hi"))
                .answer();
        System.out.println(answer);
        assertThat(answer.status()).isEqualTo(200);
    }
}
