package io.understudy.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.servlet.testing.BodyKeepingFilter;
import io.understudy.servlet.testing.ChatWire;
import io.understudy.servlet.testing.GatewayServer;
import io.understudy.servlet.testing.RawAnswer;
import io.understudy.servlet.testing.RawCaller;
import io.understudy.servlet.testing.Reply;
import io.understudy.servlet.testing.ScriptedUpstream;
import jakarta.servlet.Filter;
import jakarta.servlet.ReadListener;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A filter in front that has read the body, and hands on a stream of its own which knows nothing of listeners. */
class ForeignBodyTest {
    private static final ChatWire WIRE = new ChatWire("served");
    private static final String CHAT = "/v1" + WIRE.path();

    private final ScriptedUpstream upstream = ScriptedUpstream.start();

    @AfterEach
    void stop() {
        upstream.close();
    }

    static Stream<Filter> filters() {
        Consumer<ReadListener> refusing = listener -> {
            throw new UnsupportedOperationException("not supported");
        };
        Consumer<ReadListener> forgetful = listener -> {};
        return Stream.of(
                new BodyKeepingFilter(false, refusing),
                new BodyKeepingFilter(false, forgetful),
                new BodyKeepingFilter(true, refusing),
                new BodyKeepingFilter(true, forgetful));
    }

    @ParameterizedTest
    @MethodSource("filters")
    void it_is_read_all_the_same(Filter foreign) throws Exception {
        upstream.then(Reply.json(503, "{}"), Reply.json(200, WIRE.answer("Hello")));
        try (GatewayServer gateway = GatewayServer.startBehind(foreign, configuration())) {
            RawAnswer answer = ask(gateway, WIRE.request("gpt", "Hi"));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text()).isEqualTo(WIRE.answer("Hello"));
            assertThat(new String(upstream.requests().get(1).body(), StandardCharsets.UTF_8))
                    .isEqualTo(WIRE.request("gpt", "Hi"));
        }
    }

    @ParameterizedTest
    @MethodSource("filters")
    void a_stream_is_as_asynchronous_as_ever(Filter foreign) throws Exception {
        upstream.then(Reply.stream(WIRE.streamed("Hello", " you").all()));
        try (GatewayServer gateway = GatewayServer.startBehind(foreign, configuration())) {
            RawAnswer answer = ask(gateway, WIRE.streamedRequest("gpt", "Hi"));
            assertThat(answer.text()).isEqualTo(WIRE.streamed("Hello", " you").text());
        }
    }

    @ParameterizedTest
    @MethodSource("filters")
    void one_that_is_too_long_is_refused(Filter foreign) throws Exception {
        try (GatewayServer gateway = GatewayServer.startBehind(foreign, configuration())) {
            assertThat(ask(gateway, WIRE.request("gpt", "x".repeat(70_000))).status())
                    .isEqualTo(413);
        }
    }

    private static RawAnswer ask(GatewayServer gateway, String json) {
        try (RawCaller caller = RawCaller.connect(gateway.port())) {
            return caller.postJson(CHAT, json).answer();
        }
    }

    private String configuration() {
        return """
                {"providers": {"a": {"type": "openai", "baseUrl": "%s"}},
                 "models": {"gpt": [{"provider": "a", "model": "gpt"}]},
                 "failover": {"baseDelay": "1ms"},
                 "limits": {"maxRequestBytes": "64KiB"}}
                """
                .formatted(upstream.baseUrl());
    }
}
