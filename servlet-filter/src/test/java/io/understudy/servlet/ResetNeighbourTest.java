package io.understudy.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.servlet.testing.ChatWire;
import io.understudy.servlet.testing.Frames;
import io.understudy.servlet.testing.GatewayServer;
import io.understudy.servlet.testing.RawCaller;
import io.understudy.servlet.testing.Reply;
import io.understudy.servlet.testing.ScriptedUpstream;
import org.junit.jupiter.api.Test;

/** A stream that is reset leaves no mark on the one that comes in its place: not a byte of memory is shared. */
class ResetNeighbourTest {
    private static final int TIMES = 400;

    @Test
    void the_stream_after_a_reset_one_is_whole() throws Exception {
        ChatWire wire = new ChatWire("served-model");
        Frames whole = wire.streamed("Good ", "evening.");
        try (ScriptedUpstream first = ScriptedUpstream.start();
                ScriptedUpstream second = ScriptedUpstream.start();
                GatewayServer gateway = gateway(first, second)) {
            first.always(Reply.stream().events(whole.opening()).reset());
            second.always(Reply.stream(whole.all()));
            for (int i = 0; i < TIMES; i++) {
                try (RawCaller caller = RawCaller.connect(gateway.port())
                        .postJson("/v1/chat/completions", wire.streamedRequest("gpt", "Hi"))) {
                    assertThat(caller.answer().text()).isEqualTo(whole.text());
                }
            }
        }
    }

    private static GatewayServer gateway(ScriptedUpstream first, ScriptedUpstream second) throws Exception {
        return GatewayServer.start(
                """
                {"providers": {"a": {"type": "openai", "baseUrl": "%s"}, "b": {"type": "openai", "baseUrl": "%s"}},
                 "models": {"gpt": [{"provider": "a"}, {"provider": "b", "priority": 1}]},
                 "failover": {"sameProviderRetries": 0}, "health": {"enabled": false}, "timeouts": {"idle": "20s"}}
                """
                        .formatted(first.baseUrl(), second.baseUrl()));
    }
}
