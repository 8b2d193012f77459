package io.understudy.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.servlet.testing.ChatWire;
import io.understudy.servlet.testing.FullListener;
import io.understudy.servlet.testing.GatewayServer;
import io.understudy.servlet.testing.RawAnswer;
import io.understudy.servlet.testing.RawCaller;
import io.understudy.servlet.testing.Reply;
import io.understudy.servlet.testing.ScriptedUpstream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code timeouts.connect}: a provider whose address does not answer. */
class UnansweredConnectTest {
    private static final ChatWire WIRE = new ChatWire("served");

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_provider_that_does_not_answer_is_asked_once_and_followed_by_the_next(boolean streamed) throws Exception {
        try (FullListener silent = new FullListener();
                ScriptedUpstream second = ScriptedUpstream.start();
                GatewayServer gateway = GatewayServer.start(configuration(silent, second));
                RawCaller caller = RawCaller.connect(gateway.port())) {
            second.always(streamed ? Reply.stream(WIRE.streamed("text").all()) : Reply.json(200, WIRE.answer("text")));

            RawAnswer answer = caller.postJson(
                            "/v1" + WIRE.path(),
                            streamed ? WIRE.streamedRequest("gpt", "Hi") : WIRE.request("gpt", "Hi"))
                    .answer();

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.headers().first("X-Understudy-Trace").orElseThrow())
                    .matches("a;-;\\d+ms;timeout, b;200;\\d+ms");
        }
    }

    private static String configuration(FullListener first, ScriptedUpstream second) {
        return """
                {"providers": {"a": {"type": "openai", "baseUrl": "%s"}, "b": {"type": "openai", "baseUrl": "%s"}},
                 "models": {"gpt": [{"provider": "a"}, {"provider": "b", "priority": 1}]},
                 "timeouts": {"connect": "300ms"}}
                """
                .formatted(first.baseUrl(), second.baseUrl());
    }
}
