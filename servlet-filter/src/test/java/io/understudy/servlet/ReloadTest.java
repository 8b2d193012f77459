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

/** Another configuration takes over while the gateway serves. */
class ReloadTest {
    private static final String CHAT = "/v1/chat/completions";

    private final ChatWire wire = new ChatWire("served-model");
    private final ScriptedUpstream before = ScriptedUpstream.start();
    private final ScriptedUpstream after = ScriptedUpstream.start();
    private final CapturedLog log = CapturedLog.of("io.understudy");
    private final GatewayServer gateway;

    ReloadTest() throws Exception {
        gateway = GatewayServer.start(configuration("before", before));
        before.always(Reply.json(200, wire.answer("from before")));
        after.always(Reply.json(200, wire.answer("from after")));
    }

    @AfterEach
    void stop() {
        log.close();
        gateway.close();
        before.close();
        after.close();
    }

    @Test
    void new_exchanges_follow_the_new_configuration_and_running_ones_end_under_the_old() {
        Gate rest = new Gate();
        Frames streamed = wire.streamed("Hel", "lo");
        before.then(Reply.stream()
                .events(streamed.opening())
                .events(streamed.content())
                .await(rest)
                .events(streamed.ending())
                .end());
        RawCaller running = RawCaller.connect(gateway.port()).postJson(CHAT, wire.streamedRequest("gpt", "Hi"));
        running.head();
        String beginning = running.chunksUpTo("lo");

        reload(configuration("after", after));
        assertThat(ask().text()).contains("from after");

        rest.open();
        assertThat(beginning + running.chunksUpToTheEnd()).isEqualTo(streamed.text());
        before.awaitClosed(1);
    }

    @Test
    void a_configuration_that_cannot_be_used_is_reported_and_changes_nothing() {
        gateway.rewrite(configuration("before", before).replace("}]}}", "}]}, \"typo\": 1, \"limits\": 2}"));

        assertThat(log.await("cannot be used")).contains("typo: unknown key", "limits: a number", "stays in force");
        assertThat(ask().text()).contains("from before");
    }

    @Test
    void health_stays_with_a_candidate_that_stays() {
        before.always(Reply.json(429, wire.error(429), "Retry-After", "3600"));
        reload(two(", \"responseModel\": \"served\""));
        assertThat(ask().text()).contains("from after");

        reload(two(", \"responseModel\": \"requested\""));

        assertThat(ask().text()).contains("from after", "\"model\":\"gpt\"");
        assertThat(before.requests()).hasSize(1);
    }

    @Test
    void a_candidate_with_another_key_starts_fresh() {
        before.then(Reply.json(429, wire.error(429), "Retry-After", "3600"));
        reload(two(""));
        assertThat(ask().text()).contains("from after");

        reload(two("").replace("sk-before", "sk-new-key"));

        assertThat(ask().text()).contains("from before");
    }

    private void reload(String configuration) {
        gateway.rewrite(configuration);
        log.await("The configuration has changed");
    }

    private RawAnswer ask() {
        try (RawCaller caller = RawCaller.connect(gateway.port())) {
            return caller.post(CHAT, wire.request("gpt", "Hi").getBytes(UTF_8)).answer();
        }
    }

    private static String configuration(String name, ScriptedUpstream upstream) {
        return "{\"providers\": {%s}, \"models\": {\"gpt\": [{\"provider\": \"%s\"}]}}"
                .formatted(provider(name, upstream), name);
    }

    private String two(String more) {
        return "{\"providers\": {%s, %s}, \"models\": {\"gpt\": [{\"provider\": \"before\"}, {\"provider\": \"after\", \"priority\": 1}]}%s}"
                .formatted(provider("before", before), provider("after", after), more);
    }

    private static String provider(String name, ScriptedUpstream upstream) {
        return "\"%s\": {\"type\": \"openai\", \"baseUrl\": \"%s\", \"apiKey\": \"sk-%s\"}"
                .formatted(name, upstream.baseUrl(), name);
    }
}
