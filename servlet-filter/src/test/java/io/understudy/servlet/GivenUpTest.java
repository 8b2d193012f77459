package io.understudy.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.understudy.servlet.testing.ChatWire;
import io.understudy.servlet.testing.DeafFilter;
import io.understudy.servlet.testing.GatewayServer;
import io.understudy.servlet.testing.MessageHead;
import io.understudy.servlet.testing.RawCaller;
import io.understudy.servlet.testing.Reply;
import io.understudy.servlet.testing.ScriptedUpstream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A caller who is given up because it took nothing may listen again later: what it hears then is no whole answer. */
class GivenUpTest {
    private static final ChatWire WIRE = new ChatWire("served");
    private static final String CHAT = "/v1" + WIRE.path();
    private static final int FLOOD_EVENTS = 12_800;
    private static final int PLAIN_BYTES = 24 << 20;

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private final Recorded records = new Recorded();

    @AfterEach
    void stop() {
        records.close();
        upstream.close();
    }

    @Test
    void a_stream_that_stalled_breaks() throws Exception {
        String event = WIRE.streamed("x".repeat(8_192)).content().get(0);
        upstream.always(Reply.stream().flood(event, FLOOD_EVENTS).stall());
        try (GatewayServer gateway = GatewayServer.start(configuration("5s"));
                RawCaller caller = RawCaller.connectNarrow(gateway.port())) {
            ask(caller, WIRE.streamedRequest("gpt", "Hi"));
            assertThat(records.next()).contains("\"outcome\":\"cancelled\"");
            assertThat(caller.head().status()).isEqualTo(200);
            assertThat(caller.chunksUpToTheBreak()).startsWith(event);
        }
    }

    @Test
    void a_plain_answer_that_stalled_breaks() throws Exception {
        upstream.always(Reply.json(200, WIRE.answer("x".repeat(PLAIN_BYTES))));
        try (GatewayServer gateway = GatewayServer.start(configuration("5s"));
                RawCaller caller = RawCaller.connectNarrow(gateway.port())) {
            ask(caller, WIRE.request("gpt", "Hi"));
            assertThat(records.next()).contains("\"outcome\":\"cancelled\"");
            assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(caller::answer);
        }
    }

    @Test
    void a_stream_that_the_container_never_was_ready_for_breaks() throws Exception {
        upstream.always(Reply.stream(WIRE.streamed("text").all()));
        try (GatewayServer gateway = GatewayServer.startBehind(new DeafFilter(), configuration("1s"));
                RawCaller caller = RawCaller.connect(gateway.port())) {
            ask(caller, WIRE.streamedRequest("gpt", "Hi"));
            assertThat(caller.head().status()).isEqualTo(200);
            assertThat(caller.chunksUpToTheBreak()).isEmpty();
            assertThat(records.next()).contains("\"outcome\":\"cancelled\"");
        }
    }

    @Test
    void a_plain_answer_that_the_container_never_was_ready_for_is_a_failure() throws Exception {
        upstream.always(Reply.json(200, WIRE.answer("text")));
        try (GatewayServer gateway = GatewayServer.startBehind(new DeafFilter(), configuration("1s"));
                RawCaller caller = RawCaller.connect(gateway.port())) {
            ask(caller, WIRE.request("gpt", "Hi"));
            MessageHead head = caller.head();
            assertThat(head.status()).isEqualTo(500);
            assertThat(records.next()).contains("\"outcome\":\"cancelled\"");
        }
    }

    private void ask(RawCaller caller, String json) {
        caller.post(CHAT, json.getBytes(StandardCharsets.UTF_8), records.header());
    }

    private String configuration(String stalledWrite) {
        return """
                {"providers": {"a": {"type": "openai", "baseUrl": "%s"}},
                 "models": {"gpt": [{"provider": "a"}]},
                 "timeouts": {"stalledWrite": "%s"}}
                """
                .formatted(upstream.baseUrl(), stalledWrite);
    }
}
