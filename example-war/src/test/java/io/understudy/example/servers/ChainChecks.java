package io.understudy.example.servers;

import static io.understudy.example.servers.ForeignChecks.LLM;
import static io.understudy.example.servers.Guests.FOREIGN;
import static io.understudy.example.servers.Guests.FOREIGN_SYNCHRONOUS;
import static io.understudy.example.servers.Guests.FOREIGN_WITH_FILTER;
import static io.understudy.example.servers.Providers.PROXIED;
import static io.understudy.example.servers.Scripts.HELLO;
import static io.understudy.example.servers.Scripts.WIRE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.understudy.servlet.testing.Gate;
import io.understudy.servlet.testing.RawAnswer;
import io.understudy.servlet.testing.RawCaller;
import io.understudy.servlet.testing.Reply;
import io.understudy.servlet.testing.ScriptedUpstream;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The foreign application's own servlet as the first candidate: a blocking proxy that does not support asynchronous
 * requests. What stands behind it is {@link Providers#first}; who takes over is {@link Providers#second}. The server gets
 * a configuration that says so while it runs, which is why these come late.
 */
interface ChainChecks {
    int LATE = Integer.MAX_VALUE - 2;

    Trial trial();

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {FOREIGN_WITH_FILTER, FOREIGN_SYNCHRONOUS})
    @Order(LATE)
    default void asks_the_application_first(String context) throws IOException {
        askApplications(context);
        trial().providers().first().then(Reply.json(200, HELLO));
        RawAnswer answer = post(context, WIRE.request(PROXIED, "Hi"));
        assertThat(answer.text()).isEqualTo(HELLO);
        assertThat(answer.headers().first("X-Understudy-Provider")).hasValue("chain");
        assertThat(answer.headers().first("X-Proxied")).hasValue("yes");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {FOREIGN_WITH_FILTER, FOREIGN_SYNCHRONOUS})
    @Order(LATE)
    default void leaves_a_refusal_to_the_application(String context) throws IOException {
        askApplications(context);
        trial().providers().first().then(Reply.json(400, WIRE.error(400)));
        RawAnswer answer = post(context, WIRE.request(PROXIED, "Hi"));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).isEqualTo(WIRE.error(400));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {FOREIGN_WITH_FILTER, FOREIGN_SYNCHRONOUS})
    @Order(LATE)
    default void fails_over_from_the_application(String context) throws IOException {
        askApplications(context);
        trial().providers().first().then(Reply.json(500, WIRE.error(500)));
        trial().providers().second().then(Reply.json(200, HELLO));
        RawAnswer answer = post(context, WIRE.request(PROXIED, "Hi"));
        assertThat(answer.text()).isEqualTo(HELLO);
        assertThat(answer.headers().first("X-Understudy-Trace").orElse("none"))
                .matches("chain;500;\\d+ms;server_error, second;200;\\d+ms");
        assertThat(answer.headers().first("X-Proxied")).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {FOREIGN_WITH_FILTER, FOREIGN_SYNCHRONOUS})
    @Order(LATE)
    default void fails_over_when_the_applications_stream_begins_with_an_error(String context) throws IOException {
        askApplications(context);
        trial().providers()
                .first()
                .then(Reply.stream()
                        .events(WIRE.streamed().opening())
                        .event(WIRE.errorEvent("server_error", "out of order"))
                        .end());
        trial().providers().second().then(Scripts.wholeStream());
        RawAnswer answer = post(context, WIRE.streamedRequest(PROXIED, "Hi"));
        assertThat(answer.text()).isEqualTo(WIRE.streamed("Hello", " you").text());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {FOREIGN_WITH_FILTER, FOREIGN_SYNCHRONOUS})
    @Order(LATE)
    default void streams_what_the_application_streams(String context) throws IOException {
        askApplications(context);
        List<Gate> gates = Stream.generate(Gate::new).limit(4).toList();
        trial().providers().first().then(Scripts.gated(gates));
        try (RawCaller reader = open(context, WIRE.streamedRequest(PROXIED, "Hi"))) {
            Scripts.readGated(reader, gates);
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {FOREIGN_WITH_FILTER, FOREIGN_SYNCHRONOUS})
    @Order(LATE)
    default void ends_a_stream_that_the_application_cuts_with_an_error(String context) throws IOException {
        askApplications(context);
        trial().providers()
                .first()
                .then(Reply.stream()
                        .events(WIRE.streamed().opening())
                        .events(WIRE.streamed("Hello").content())
                        .reset());
        assertThat(post(context, WIRE.streamedRequest(PROXIED, "Hi")).text())
                .contains("Hello", "event: error")
                .doesNotContain("[DONE]");
    }

    @Test
    @Order(LATE)
    default void lets_the_asynchronous_answer_of_an_application_pass() throws IOException {
        askApplications(FOREIGN_WITH_FILTER);
        assertThat(asynchronous(FOREIGN_WITH_FILTER)).isEqualTo(asynchronous(FOREIGN));
    }

    private String asynchronous(String context) {
        RawAnswer answer =
                trial().caller().post(Account.CALLER, context + "/llm/v1/responses", WIRE.request(PROXIED, "Hi"));
        return answer.status() + " " + answer.text();
    }

    private void askApplications(String context) throws IOException {
        assumeTrue(trial().kind().isContainer());
        trial().reconfigure(trial().providers().chainConfiguration());
        trial().desk(context).awaitModel(PROXIED);
    }

    private RawCaller open(String context, String json) {
        ScriptedUpstream behind = trial().providers().first();
        return trial().caller()
                .openWith(
                        context + LLM,
                        json,
                        "Authorization",
                        Account.CALLER.basic(),
                        "X-Proxy-To",
                        behind.baseUrl() + WIRE.path());
    }

    private RawAnswer post(String context, String json) {
        try (RawCaller caller = open(context, json)) {
            return caller.answer();
        }
    }
}
