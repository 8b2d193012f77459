package io.understudy.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.servlet.testing.ChatWire;
import io.understudy.servlet.testing.Closed;
import io.understudy.servlet.testing.Gate;
import io.understudy.servlet.testing.GatewayServer;
import io.understudy.servlet.testing.RawAnswer;
import io.understudy.servlet.testing.RawCaller;
import io.understudy.servlet.testing.Reply;
import io.understudy.servlet.testing.ScriptedUpstream;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What docs/adr/0001-upstream-client.md asks of whatever stands between the filter and a provider's socket. */
class UpstreamBehaviourTest {
    private static final String CHAT = "/v1/chat/completions";

    private final ChatWire wire = new ChatWire("served-model");
    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private final ScriptedUpstream other = ScriptedUpstream.start();
    private GatewayServer gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = GatewayServer.start(
                """
                {"providers": {
                   "a": {"type": "openai", "baseUrl": "%s", "apiKey": "sk-first-provider"},
                   "b": {"type": "openai", "baseUrl": "%s", "apiKey": "sk-second-provider"}},
                 "models": {"gpt": [{"provider": "a", "model": "model-a"}, {"provider": "b", "priority": 1}]},
                 "failover": {"sameProviderRetries": 0}, "health": {"enabled": false}}
                """
                        .formatted(upstream.baseUrl(), other.baseUrl())
                        .replace("\"b\", \"priority\": 1", "\"b\", \"priority\": 1, \"model\": \"model-b\""));
    }

    @AfterEach
    void stop() {
        gateway.close();
        upstream.close();
        other.close();
    }

    @Test
    void each_event_reaches_the_caller_before_the_next_one_is_sent() {
        List<String> events = wire.streamed("one", "two", "three").all();
        List<Gate> gates = events.stream().map(event -> new Gate()).toList();
        Reply reply = Reply.stream();
        for (int i = 0; i < events.size(); i++) {
            reply = reply.event(events.get(i)).await(gates.get(i));
        }
        upstream.then(reply.end());

        RawCaller caller = RawCaller.connect(gateway.port()).postJson(CHAT, wire.streamedRequest("gpt", "Hi"));
        gates.get(0).open(); // the role alone is held back
        assertThat(caller.head().status()).isEqualTo(200);
        for (int i = 1; i < events.size(); i++) {
            caller.chunksUpTo(events.get(i));
            gates.get(i).open();
        }
        assertThat(caller.chunk()).isEmpty();
    }

    @Test
    void the_body_goes_up_as_it_came_but_for_the_model() {
        upstream.then(Reply.json(200, wire.answer("Hello")));
        String body =
                "{ \"messages\":[{\"role\":\"user\",\"content\":\"\\u00e9 \\\"model\\\": x\"}], \"model\" : \"gpt\", \"n\":1e400 }";

        RawCaller.connect(gateway.port()).postJson(CHAT, body).answer();

        assertThat(upstream.awaitRequest().text()).isEqualTo(body.replace("\"gpt\"", "\"model-a\""));
    }

    @Test
    void a_caller_that_reads_nothing_stops_the_provider() {
        int events = 4000;
        String delta = wire.streamed("x".repeat(8000)).content().get(0);
        upstream.then(Reply.stream().events(Collections.nCopies(events, delta)).stall());

        RawCaller caller = RawCaller.connectNarrow(gateway.port()).postJson(CHAT, wire.streamedRequest("gpt", "Hi"));
        caller.head();

        assertThat(writtenOnceStalled())
                .as("bytes taken from the provider for a caller who takes none")
                .isLessThan(events * 8000L / 2);
        caller.reset();
        upstream.awaitClosed(upstream.requests().get(0).connection());
    }

    @Test
    void a_caller_who_leaves_closes_the_connection_to_the_provider() {
        Gate left = new Gate();
        upstream.then(Reply.stream()
                .events(wire.streamed("one").opening())
                .events(wire.streamed("one").content())
                .await(left)
                .events(Collections.nCopies(100, wire.streamed("two").content().get(0)))
                .stall());

        RawCaller caller = RawCaller.connect(gateway.port()).postJson(CHAT, wire.streamedRequest("gpt", "Hi"));
        caller.head();
        caller.chunksUpTo("one");
        caller.reset();
        left.open();

        assertThat(upstream.awaitClosed(upstream.requests().get(0).connection()).how())
                .isNotEqualTo(Closed.How.BY_SCRIPT);
        assertThat(other.requests()).isEmpty();
    }

    @Test
    void a_request_that_a_provider_drops_is_sent_to_it_once() {
        upstream.always(Reply.drop());
        other.then(Reply.json(200, wire.answer("Hello")));

        RawAnswer answer = RawCaller.connect(gateway.port())
                .postJson(CHAT, wire.request("gpt", "Hi"))
                .answer();

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers().first("X-Understudy-Provider")).contains("b");
        assertThat(upstream.requests()).hasSize(1);
    }

    @Test
    void a_pooled_connection_that_died_is_replaced_once_and_for_free() {
        fillPool(4);
        upstream.then(Reply.drop(), Reply.json(200, wire.answer("second")));

        RawAnswer answer = RawCaller.connect(gateway.port())
                .postJson(CHAT, wire.request("gpt", "Hi"))
                .answer();

        assertThat(answer.text()).contains("second");
        assertThat(answer.headers().first("X-Understudy-Trace").orElseThrow())
                .matches("a;-;\\d+ms;connection, a;200;\\d+ms");
        assertThat(upstream.requests()).hasSize(6);
        assertThat(upstream.requests().get(4).reused()).isTrue();
        assertThat(upstream.requests().get(5).reused()).isFalse();
    }

    /** One in two hundred did, when the buffer of the one was the other's before the one was done with it: hence often. */
    @Test
    void a_connection_that_breaks_takes_nothing_from_another() {
        List<String> whole = wire.streamed("one", "two").all();
        upstream.always(Reply.stream().events(wire.streamed("never").opening()).reset());
        other.always(Reply.stream(whole));
        for (int i = 0; i < 500; i++) {
            try (RawCaller caller = RawCaller.connect(gateway.port())) {
                caller.postJson(CHAT, wire.streamedRequest("gpt", "Hi"));
                assertThat(caller.answer().text()).isEqualTo(String.join("", whole));
            }
        }
    }

    @Test
    void connections_are_used_again_after_plain_and_streamed_answers() {
        fillPool(4);
        for (int i = 0; i < 4; i++) {
            upstream.then(
                    Reply.json(200, wire.answer("plain")),
                    Reply.stream(wire.streamed("streamed").all()));
            RawCaller caller = RawCaller.connect(gateway.port());
            caller.postJson(CHAT, wire.request("gpt", "Hi")).answer();
            caller.postJson(CHAT, wire.streamedRequest("gpt", "Hi")).answer();
        }

        assertThat(upstream.connections()).isEqualTo(4);
        assertThat(upstream.openConnections()).isEqualTo(4);
    }

    /**
     * Leaves so many connections to the provider open. More than one, because the one that was used last may not be free
     * yet when its answer has arrived.
     */
    private void fillPool(int connections) {
        Gate all = new Gate();
        upstream.then(Collections.nCopies(connections, Reply.silence().await(all)).stream()
                .map(reply -> reply.write(ok(wire.answer("pooled"))))
                .toArray(Reply[]::new));
        List<RawCaller> callers = Stream.generate(
                        () -> RawCaller.connect(gateway.port()).postJson(CHAT, wire.request("gpt", "Hi")))
                .limit(connections)
                .toList();
        callers.forEach(caller -> upstream.awaitRequest());
        all.open();
        callers.forEach(RawCaller::answer);
    }

    private static byte[] ok(String body) {
        return ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.getBytes(UTF_8).length
                        + "\r\n\r\n" + body)
                .getBytes(UTF_8);
    }

    /** The number of bytes written once the provider's writing has come to rest. */
    private long writtenOnceStalled() {
        long before = -1;
        long now = upstream.written(1);
        while (now != before) {
            LockSupport.parkNanos(300_000_000);
            before = now;
            now = upstream.written(1);
        }
        return now;
    }
}
