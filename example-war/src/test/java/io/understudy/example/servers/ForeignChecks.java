package io.understudy.example.servers;

import static io.understudy.example.servers.Guests.CHAT;
import static io.understudy.example.servers.Guests.FOREIGN;
import static io.understudy.example.servers.Guests.FOREIGN_SYNCHRONOUS;
import static io.understudy.example.servers.Guests.FOREIGN_WITH_FILTER;
import static io.understudy.example.servers.Guests.OWN;
import static io.understudy.example.servers.Guests.OWNERS;
import static io.understudy.example.servers.Guests.PAGE;
import static io.understudy.example.servers.Providers.FAILING_FIRST;
import static io.understudy.example.servers.Providers.PLAIN;
import static io.understudy.example.servers.Scripts.HELLO;
import static io.understudy.example.servers.Scripts.WIRE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.understudy.servlet.testing.Gate;
import io.understudy.servlet.testing.RawAnswer;
import io.understudy.servlet.testing.RawCaller;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Somebody else's application with the filter in it: it stays what it was, and its LLM calls survive. */
interface ForeignChecks {
    String LLM = "/llm" + CHAT;

    Trial trial();

    @Test
    default void leaves_a_foreign_application_its_jax_rs() throws IOException, InterruptedException {
        assumeTrue(trial().kind().jaxRs().isPresent());
        String own = trial().kind().jaxRs().orElseThrow();
        String alone = trial().caller().get(FOREIGN + OWNERS);
        assertThat(alone.lines()).hasSize(3).allMatch(line -> line.contains(own), "is " + own);
        assertThat(trial().caller().get(FOREIGN_WITH_FILTER + OWNERS)).isEqualTo(alone);
    }

    @Test
    default void leaves_a_foreign_application_its_other_urls() {
        assumeTrue(trial().kind().isContainer());
        RawAnswer servlets = trial().caller().post(FOREIGN + OWN + CHAT, WIRE.request(PLAIN, "Hi"));
        RawAnswer page = trial().caller().send("GET " + FOREIGN + PAGE);
        for (String context : List.of(FOREIGN_WITH_FILTER, FOREIGN_SYNCHRONOUS)) {
            assertThat(seen(trial().caller().post(context + OWN + CHAT, WIRE.request(PLAIN, "Hi"))))
                    .isEqualTo(seen(servlets))
                    .contains("POST " + CHAT);
            assertThat(seen(trial().caller().send("GET " + context + PAGE))).isEqualTo(seen(page));
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {FOREIGN_WITH_FILTER, FOREIGN_SYNCHRONOUS})
    default void works_as_a_filter_in_a_foreign_application(String context) {
        assumeTrue(trial().kind().isContainer());
        trial().providers().steady().then(Scripts.hello());
        RawAnswer answer = trial().caller().post(Account.CALLER, context + LLM, WIRE.request(FAILING_FIRST, "Hi"));
        assertThat(answer.text()).isEqualTo(HELLO);
        assertThat(answer.headers().first("X-Foreign-Filter")).hasValue("passed");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {FOREIGN_WITH_FILTER, FOREIGN_SYNCHRONOUS})
    default void streams_in_a_foreign_application(String context) {
        assumeTrue(trial().kind().isContainer());
        List<Gate> gates = Stream.generate(Gate::new).limit(4).toList();
        trial().providers().steady().then(Scripts.gated(gates));
        try (RawCaller reader =
                trial().caller().open(Account.CALLER, context + LLM, WIRE.streamedRequest(FAILING_FIRST, "Hi"))) {
            Scripts.readGated(reader, gates);
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {FOREIGN_WITH_FILTER, FOREIGN_SYNCHRONOUS})
    default void leaves_the_guard_to_the_server(String context) {
        assumeTrue(trial().kind().isContainer());
        int before = trial().providers().steady().requests().size();
        RawAnswer unknown = trial().caller().post(context + LLM, WIRE.request(PLAIN, "Hi"));
        assertThat(unknown.status()).isEqualTo(401);
        assertThat(unknown.headers().first("WWW-Authenticate").orElse("none")).startsWithIgnoringCase("Basic");
        RawAnswer stranger = trial().caller().post(Account.STRANGER, context + LLM, WIRE.request(PLAIN, "Hi"));
        assertThat(stranger.status()).isEqualTo(403);
        assertThat(trial().providers().steady().requests()).hasSize(before);
        trial().providers().steady().then(Scripts.hello());
        assertThat(trial().caller()
                        .post(Account.CALLER, context + LLM, WIRE.request(PLAIN, "Hi"))
                        .status())
                .isEqualTo(200);
        // Who the caller is stays here.
        assertThat(trial().providers().steady().requests().get(before).headers().all("Authorization"))
                .containsExactly("Bearer steady-key");
    }

    private static String seen(RawAnswer answer) {
        return "%d %s %s %s"
                .formatted(
                        answer.status(),
                        answer.headers().first("X-Foreign-Filter"),
                        answer.headers().first("X-Asked").orElse("nothing"),
                        answer.text());
    }
}
