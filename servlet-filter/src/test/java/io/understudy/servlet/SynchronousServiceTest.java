package io.understudy.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.servlet.testing.ChatWire;
import io.understudy.servlet.testing.Closed;
import io.understudy.servlet.testing.Gate;
import io.understudy.servlet.testing.GatewayServer;
import io.understudy.servlet.testing.RawAnswer;
import io.understudy.servlet.testing.RawCaller;
import io.understudy.servlet.testing.Reply;
import io.understudy.servlet.testing.ScriptedUpstream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The filter behind another one without asynchronous support: it serves all the same, in the container's thread. */
class SynchronousServiceTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final Logger LOGGER = Logger.getLogger("io.understudy");

    private final ChatWire wire = new ChatWire("served-model");
    private final ScriptedUpstream first = ScriptedUpstream.start();
    private final ScriptedUpstream second = ScriptedUpstream.start();
    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private final Handler log = new Handler() {
        @Override
        public synchronized void publish(LogRecord entry) {
            if (entry.getMessage().contains("asynchronous")) {
                warnings.add(entry.getMessage());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };
    private GatewayServer gateway;

    @BeforeEach
    void start() throws Exception {
        LOGGER.addHandler(log);
        gateway = GatewayServer.startSynchronous(
                """
                {"providers": {
                   "a": {"type": "openai", "baseUrl": "%s", "apiKey": "sk-first-provider"},
                   "b": {"type": "openai", "baseUrl": "%s", "apiKey": "sk-second-provider"}},
                 "models": {"gpt": [{"provider": "a"}, {"provider": "b", "priority": 1}]},
                 "failover": {"sameProviderRetries": 1, "baseDelay": "1ms"},
                 "limits": {"maxRequestBytes": "64KiB", "maxConcurrent": 10}}
                """
                        .formatted(first.baseUrl(), second.baseUrl()));
    }

    @AfterEach
    void stop() {
        gateway.close();
        first.close();
        second.close();
        LOGGER.removeHandler(log);
    }

    @Test
    void a_plain_call_survives_a_failing_provider() {
        first.always(Reply.json(503, "{}"));
        second.always(Reply.json(200, wire.answer("Hello")));

        RawAnswer answer = post(wire.request("gpt", "Hi"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo(wire.answer("Hello"));
        assertThat(answer.headers().first("X-Understudy-Trace").orElseThrow())
                .matches("a;503;\\d+ms;overloaded, a;503;\\d+ms;overloaded, b;200;\\d+ms");
    }

    @Test
    void each_event_of_a_stream_reaches_the_caller_before_the_next_one_is_sent() {
        List<String> content = wire.streamed("one", "two", "three").content();
        List<Gate> gates = content.stream().map(event -> new Gate()).toList();
        Reply reply = Reply.stream().events(wire.streamed("one").opening());
        for (int i = 0; i < content.size(); i++) {
            reply = reply.event(content.get(i)).await(gates.get(i));
        }
        first.then(reply.events(wire.streamed().ending()).end());

        RawCaller caller = connect().postJson(CHAT, wire.streamedRequest("gpt", "Hi"));

        assertThat(caller.head().status()).isEqualTo(200);
        for (int i = 0; i < content.size(); i++) {
            caller.chunksUpTo(content.get(i));
            gates.get(i).open();
        }
        assertThat(caller.chunksUpToTheEnd()).endsWith("data: [DONE]\n\n");
    }

    @Test
    void a_caller_who_leaves_closes_the_upstream() {
        Gate left = new Gate();
        Reply endless = Reply.stream().events(wire.streamed("one").opening());
        for (int i = 0; i < 200; i++) {
            endless = endless.events(wire.streamed("word " + i).content());
            endless = i == 0 ? endless.await(left) : endless.after(Duration.ofMillis(20));
        }
        first.then(endless.stall());
        RawCaller caller = connect().postJson(CHAT, wire.streamedRequest("gpt", "Hi"));
        caller.head();
        caller.chunksUpTo("word 0");

        caller.reset();
        left.open();

        assertThat(first.awaitClosed(1).how()).isNotEqualTo(Closed.How.BY_SCRIPT);
        assertThat(second.connections()).isZero();
    }

    @Test
    void refusals_and_failures_are_told_as_ever() {
        first.always(Reply.json(400, "{\"error\":{\"message\":\"no\"}}"));

        assertThat(post("{}").status()).isEqualTo(400);
        assertThat(post("{\"model\":\"" + "x".repeat(70_000) + "\"}").status()).isEqualTo(413);
        assertThat(post(wire.request("nobody", "Hi")).status()).isEqualTo(404);
        assertThat(post(wire.request("gpt", "Hi")).text()).contains("\"no\"");
    }

    @Test
    void nothing_is_left_running_after_many_calls_and_the_log_says_it_once() {
        first.always(Reply.json(200, wire.answer("Hello")));

        for (int i = 0; i < 40; i++) {
            assertThat(post(wire.request("gpt", "Hi")).status()).isEqualTo(200);
        }

        assertThat(warnings).singleElement().asString().contains("<async-supported>true</async-supported>");
    }

    @Test
    void a_stopping_gateway_frees_the_thread() {
        first.always(Reply.silence());
        RawCaller caller = connect().postJson(CHAT, wire.request("gpt", "Hi"));
        first.awaitRequest();

        gateway.undeploy();

        assertThat(caller.head().status()).isEqualTo(503);
    }

    private RawCaller connect() {
        return RawCaller.connect(gateway.port());
    }

    private RawAnswer post(String body) {
        return connect().postJson(CHAT, body).answer();
    }
}
