package io.understudy.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import io.understudy.core.backoff.Backoff;
import io.understudy.core.backoff.Jitter;
import io.understudy.core.candidate.Candidate;
import io.understudy.core.failover.Attempt;
import io.understudy.core.failover.End;
import io.understudy.core.failover.Failover;
import io.understudy.core.failover.FailoverException;
import io.understudy.core.failover.FailoverListener;
import io.understudy.core.failover.FailoverPolicy;
import io.understudy.core.failure.Failure;
import io.understudy.core.failure.ReactionTable;
import io.understudy.core.health.HealthPolicy;
import io.understudy.core.health.LocalHealth;
import io.understudy.core.time.Ticker;
import io.understudy.examples.Assistant.Kind;
import io.understudy.servlet.testing.ChatWire;
import io.understudy.servlet.testing.Reply;
import io.understudy.servlet.testing.ScriptedUpstream;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples of docs/reuse.md in front of two providers on real sockets. */
class ExamplesTest implements FailoverListener {
    private static final ChatWire WIRE = new ChatWire("served-model");
    private static final Reply ANSWER = Reply.json(200, WIRE.answer("I do."));

    private final ScriptedUpstream first = ScriptedUpstream.start();
    private final ScriptedUpstream second = ScriptedUpstream.start();
    private final List<String> told = new CopyOnWriteArrayList<>();

    /**
     * Something that goes wrong at the first provider.
     *
     * @param told what the listener hears of it
     */
    private record Trouble(String name, Reply reply, List<String> told) {
        static Trouble once(String name, Reply reply, String kind) {
            return new Trouble(name, reply, List.of("first " + kind));
        }

        /** The kinds after which a candidate gets a second chance. */
        static Trouble twice(String name, Reply reply, String kind) {
            return new Trouble(name, reply, List.of("first " + kind, "first " + kind));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private record Case(Kind kind, Trouble trouble) {}

    private static Reply error(int status, String code, String message) {
        return Reply.json(
                status,
                "{\"error\":{\"message\":\"%s\",\"type\":\"some_error\",\"param\":null,\"code\":\"%s\"}}"
                        .formatted(message, code));
    }

    static Stream<Case> cases() {
        return Stream.of(Kind.values()).flatMap(kind -> troubles().map(trouble -> new Case(kind, trouble)));
    }

    private static Stream<Trouble> troubles() {
        return Stream.of(
                Trouble.twice("429", error(429, "rate_limit_exceeded", "Slow down."), "rate_limited (429)"),
                Trouble.twice("503", Reply.json(503, WIRE.error(503)), "overloaded (503)"),
                Trouble.twice(
                        "a code that is a number",
                        Reply.json(500, "{\"error\":{\"message\":\"broken\",\"code\":500}}"),
                        "server_error (500)"),
                Trouble.twice(
                        "HTML",
                        Reply.answer(502, "text/html", "<h1>Bad gateway</h1>".getBytes(UTF_8)),
                        "server_error (502)"),
                Trouble.twice("reset", Reply.silence().reset(), "the connection failed"),
                Trouble.once("no credit", error(429, "insufficient_quota", "Billing."), "quota_exhausted (429)"),
                Trouble.once("401", error(401, "invalid_api_key", "No."), "unauthorized (401)"),
                Trouble.once(
                        "context overflow",
                        error(400, "context_length_exceeded", "Too much."),
                        "context_overflow (400)"),
                Trouble.once("no JSON", Reply.json(200, "<html>"), "bad_answer (200)"));
    }

    private Assistant start(Kind kind) {
        Backoff atOnce = new Backoff(Duration.ZERO, Duration.ZERO, 2, Jitter.none());
        FailoverPolicy policy = new FailoverPolicy(
                3, 1, atOnce, Duration.ofSeconds(3), false, true, ReactionTable.defaults(), Map.of());
        LocalHealth health = new LocalHealth(HealthPolicy.defaults(), Ticker.system());
        Failover failover = new Failover(policy, health, Ticker.system(), ThreadLocalRandom::current, this);
        return kind.start(failover, first.baseUrl(), second.baseUrl());
    }

    @Override
    public void attemptJudged(Attempt attempt, @Nullable Failure failure) {
        told.add(attempt.candidate().provider() + " " + (failure == null ? "fine" : failure.message()));
    }

    @AfterEach
    void close() {
        first.close();
        second.close();
    }

    @ParameterizedTest
    @EnumSource
    void the_first_candidate_answers_with_its_own_model(Kind kind) {
        first.always(ANSWER);
        try (Assistant assistant = start(kind)) {
            assertThat(assistant.ask("Who steps in?")).isEqualTo("I do.");
        }
        assertThat(told).containsExactly("first fine");
        assertThat(first.awaitRequest().text()).contains("model-of-the-first", "Who steps in?");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void the_second_candidate_answers_when_the_first_one_fails(Case told) {
        first.always(told.trouble().reply());
        second.always(ANSWER);
        try (Assistant assistant = start(told.kind())) {
            assertThat(assistant.ask("Who steps in?")).isEqualTo("I do.");
        }
        assertThat(this.told)
                .startsWith(told.trouble().told().toArray(String[]::new))
                .endsWith("second fine");
        assertThat(this.told).hasSize(told.trouble().told().size() + 1);
        assertThat(second.awaitRequest().text()).contains("model-of-the-second", "Who steps in?");
    }

    @ParameterizedTest
    @EnumSource(names = {"OPENAI_JAVA", "JERSEY"})
    void a_long_retry_after_in_the_headers_is_not_waited_for(Kind kind) {
        first.always(Reply.json(429, WIRE.error(429), "Retry-After", "30"));
        second.always(ANSWER);
        try (Assistant assistant = start(kind)) {
            assertThat(assistant.ask("Who steps in?")).isEqualTo("I do.");
        }
        assertThat(told).containsExactly("first rate_limited (429)", "second fine");
    }

    @ParameterizedTest
    @EnumSource
    void the_callers_own_mistake_is_nobody_elses_business(Kind kind) {
        first.always(Reply.json(400, WIRE.error(400)));
        try (Assistant assistant = start(kind)) {
            FailoverException failed =
                    catchThrowableOfType(FailoverException.class, () -> assistant.ask("Who steps in?"));
            assertThat(failed.summary().end()).isEqualTo(End.FAIL);
        }
        assertThat(told).containsExactly("first bad_request (400)");
    }

    @ParameterizedTest
    @EnumSource
    void when_all_have_failed_the_exception_tells_of_each(Kind kind) {
        first.always(Reply.json(503, WIRE.error(503)));
        second.always(Reply.json(401, WIRE.error(401)));
        try (Assistant assistant = start(kind)) {
            FailoverException failed =
                    catchThrowableOfType(FailoverException.class, () -> assistant.ask("Who steps in?"));
            assertThat(failed)
                    .hasMessage("no candidate answered: first/model-of-the-first overloaded (503),"
                            + " first/model-of-the-first overloaded (503),"
                            + " second/model-of-the-second unauthorized (401)");
            assertThat(failed.getCause()).isNotNull().isNotInstanceOf(FailoverException.class);
            assertThat(failed.getSuppressed()).hasSize(2);
        }
    }

    @ParameterizedTest
    @EnumSource
    void what_one_call_has_learnt_the_next_one_knows(Kind kind) {
        first.always(Reply.json(401, WIRE.error(401)));
        second.always(ANSWER);
        try (Assistant assistant = start(kind)) {
            assistant.ask("Who steps in?");
            assistant.ask("And now?");
        }
        assertThat(told).containsExactly("first unauthorized (401)", "second fine", "second fine");
    }

    @Test
    void cancelling_the_future_ends_the_exchange_and_blames_nobody() {
        first.always(Reply.silence().stall());
        try (Assistant.OverJersey assistant = (Assistant.OverJersey) start(Kind.JERSEY)) {
            CompletableFuture<JsonObject> answer = assistant.begin("Who steps in?");
            first.awaitRequest();
            assertThat(answer.cancel(true)).isTrue();
            assertThat(told).containsExactly("first the caller went away");
            first.closeConnections();
        }
        assertThat(second.requests()).isEmpty();
    }

    @Test
    void a_failover_model_can_do_what_all_of_its_models_can() {
        Map<Candidate, ChatModel> models =
                Map.of(Assistant.FIRST, able(Set.of(Capability.values())), Assistant.SECOND, able(Set.of()));
        assertThat(new FailoverChatModel(Understudies.failover(), models).supportedCapabilities())
                .isEmpty();
        assertThat(new FailoverChatModel(
                                Understudies.failover(),
                                Map.of(Assistant.FIRST, able(Set.of(Capability.RESPONSE_FORMAT_JSON_SCHEMA))))
                        .supportedCapabilities())
                .containsExactly(Capability.RESPONSE_FORMAT_JSON_SCHEMA);
    }

    private static ChatModel able(Set<Capability> capabilities) {
        return new ChatModel() {
            @Override
            public Set<Capability> supportedCapabilities() {
                return capabilities;
            }
        };
    }

    @Test
    void the_applications_failover_works_as_the_page_shows_it() {
        first.always(Reply.json(404, WIRE.error(404)));
        second.always(ANSWER);
        Failover failover = Understudies.failover();
        try (Assistant assistant = Kind.OPENAI_JAVA.start(failover, first.baseUrl(), second.baseUrl())) {
            assertThat(assistant.ask("Who steps in?")).isEqualTo("I do.");
        }
        assertThat(first.requests()).hasSize(1);
    }
}
