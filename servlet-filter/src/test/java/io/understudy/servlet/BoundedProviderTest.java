package io.understudy.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.servlet.testing.ChatWire;
import io.understudy.servlet.testing.Frames;
import io.understudy.servlet.testing.Gate;
import io.understudy.servlet.testing.GatewayServer;
import io.understudy.servlet.testing.RawAnswer;
import io.understudy.servlet.testing.RawCaller;
import io.understudy.servlet.testing.Reply;
import io.understudy.servlet.testing.ScriptedUpstream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A provider with {@code "maxConcurrent": 1}. */
class BoundedProviderTest {
    private static final String CHAT = "/v1/chat/completions";

    private final ChatWire wire = new ChatWire("served-model");
    private final Frames streamed = wire.streamed("Hel", "lo");
    private final ScriptedUpstream narrow = ScriptedUpstream.start();
    private final ScriptedUpstream wide = ScriptedUpstream.start();
    private final GatewayServer gateway;

    BoundedProviderTest() throws Exception {
        wide.always(Reply.json(200, wire.answer("from the wide one")));
        gateway = GatewayServer.start(
                """
                {"providers": {"narrow": {"type": "openai", "baseUrl": "%s", "maxConcurrent": 1},
                               "wide": {"type": "openai", "baseUrl": "%s"}},
                 "models": {"gpt": [{"provider": "narrow"}, {"provider": "wide", "priority": 1}],
                            "solo": [{"provider": "narrow"}]},
                 "failover": {"maxRetryAfter": "0s"}}
                """
                        .formatted(narrow.baseUrl(), wide.baseUrl()));
    }

    @AfterEach
    void stop() {
        gateway.close();
        narrow.close();
        wide.close();
    }

    @Test
    void a_full_provider_is_passed_over_until_its_call_has_ended() {
        Gate rest = new Gate();
        narrow.then(Reply.stream()
                .events(streamed.opening())
                .events(streamed.content())
                .await(rest)
                .events(streamed.ending())
                .end());
        narrow.always(Reply.json(200, wire.answer("from the narrow one")));
        try (RawCaller first = stream()) {
            assertThat(ask("gpt").text()).contains("from the wide one");
            rest.open();
            first.chunksUpToTheEnd();
        }

        assertThat(ask("gpt").text()).contains("from the narrow one");
    }

    @Test
    void nobody_else_can_be_asked_and_the_caller_is_told_when_to_come_again() {
        narrow.then(Reply.stream()
                .events(streamed.opening())
                .events(streamed.content())
                .stall());
        try (RawCaller first = stream()) {
            RawAnswer answer = ask("solo");

            assertThat(answer.status()).isEqualTo(429);
            assertThat(answer.headers().first("Retry-After")).contains("1");
            assertThat(answer.text()).contains("all_providers_rate_limited");
            assertThat(narrow.requests()).hasSize(1);
            first.reset();
        }
    }

    @Test
    void a_call_that_failed_has_given_its_place_back() {
        // Retried: that takes the place a second time.
        narrow.always(Reply.json(500, wire.error(500)));
        assertThat(ask("solo").status()).isEqualTo(500);
        narrow.always(Reply.json(400, wire.error(400)));
        assertThat(ask("solo").status()).isEqualTo(400);
        narrow.always(Reply.drop());
        assertThat(ask("solo").status()).isEqualTo(502);
        narrow.always(Reply.json(200, "{"));
        assertThat(ask("solo").status()).isEqualTo(502);

        narrow.always(Reply.json(200, wire.answer("at last")));
        assertThat(ask("solo").text()).contains("at last");
    }

    private RawCaller stream() {
        RawCaller caller = RawCaller.connect(gateway.port()).postJson(CHAT, wire.streamedRequest("gpt", "Hi"));
        caller.head();
        caller.chunksUpTo("lo");
        return caller;
    }

    private RawAnswer ask(String model) {
        try (RawCaller caller = RawCaller.connect(gateway.port())) {
            return caller.post(CHAT, wire.request(model, "Hi").getBytes(UTF_8)).answer();
        }
    }
}
