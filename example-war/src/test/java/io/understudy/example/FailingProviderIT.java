package io.understudy.example;

import static io.understudy.example.Scene.FIRST;
import static io.understudy.example.Scene.SECOND;
import static io.understudy.example.Scene.SECOND_TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.servlet.testing.ReceivedRequest;
import io.understudy.servlet.testing.Reply;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The first provider fails, in whatever way; the caller gets the second one's answer and notices nothing. */
class FailingProviderIT {
    private static Stage stage;

    @BeforeAll
    static void open() {
        stage = Stage.open(60, "\"failover\": { \"baseDelay\": \"10ms\" }");
    }

    @AfterAll
    static void close() {
        stage.close();
    }

    @ParameterizedTest
    @MethodSource({"io.understudy.example.Faults#ofAnyRequest", "io.understudy.example.Faults#ofPlainAnswers"})
    void the_second_provider_answers(Fault fault) {
        Scene scene = stage.next().secondAnswers();
        fault.happensAt(scene.first());
        assertServedBySecond(scene, fault, stage.sdk().plain(scene.model()));
    }

    @ParameterizedTest
    @MethodSource({"io.understudy.example.Faults#ofAnyRequest", "io.understudy.example.Faults#ofStreams"})
    void the_second_provider_streams(Fault fault) {
        Scene scene = stage.next().secondStreams();
        fault.happensAt(scene.first());
        assertServedBySecond(scene, fault, stage.sdk().streamed(scene.model()));
    }

    @Test
    void a_tool_call_of_the_second_provider_arrives_whole() {
        Scene scene = stage.next();
        scene.first().always(Reply.json(500, FIRST.error(500)));
        scene.second()
                .then(
                        Reply.json(200, SECOND.toolAnswer("weather", "{\"city\":\"Ulm\"}")),
                        Reply.stream(SECOND.streamedTool("weather", "{\"city\":", "\"Ulm\"}")
                                .all()));
        assertThat(List.of(stage.sdk().plain(scene.model()), stage.sdk().streamed(scene.model())))
                .allSatisfy(heard -> {
                    assertThat(heard.finishReason()).isEqualTo("tool_calls");
                    assertThat(heard.toolCall().name()).isEqualTo("weather");
                    assertThat(heard.toolCall().arguments()).isEqualTo("{\"city\":\"Ulm\"}");
                });
    }

    @Test
    void a_healthy_first_provider_answers_itself() {
        Scene scene = stage.next();
        scene.first()
                .then(
                        Reply.json(200, FIRST.answer("Good evening.")),
                        Reply.stream(FIRST.streamed("Good ", "evening.").all()));
        assertThat(List.of(stage.sdk().plain(scene.model()), stage.sdk().streamed(scene.model())))
                .allSatisfy(heard -> {
                    assertThat(heard.text()).isEqualTo("Good evening.");
                    assertThat(heard.header("X-Understudy-Attempts")).isEqualTo("1");
                    assertThat(heard.header("X-Understudy-Trace")).matches(TraceForm.of(scene.firstName() + ";200"));
                });
        assertThat(scene.second().connections()).isZero();
    }

    @Test
    void a_passing_failure_is_over_at_the_second_call() {
        Scene scene = stage.next();
        scene.first().then(Reply.json(503, FIRST.error(503)), Reply.json(200, FIRST.answer("Here again.")));
        Heard heard = stage.sdk().plain(scene.model());
        assertThat(heard.text()).isEqualTo("Here again.");
        assertThat(heard.header("X-Understudy-Provider")).isEqualTo(scene.firstName());
        assertThat(scene.second().connections()).isZero();
    }

    @Test
    void a_short_retry_after_is_waited_for() {
        Scene scene = stage.next();
        scene.first()
                .then(Reply.json(429, FIRST.error(429), "Retry-After", "1"), Reply.json(200, FIRST.answer("Now.")));
        assertThat(stage.sdk().plain(scene.model()).text()).isEqualTo("Now.");
        List<ReceivedRequest> requests = scene.first().requests();
        assertThat(Duration.ofNanos(requests.get(1).atNanos() - requests.get(0).atNanos()))
                .isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    private static void assertServedBySecond(Scene scene, Fault fault, Heard heard) {
        assertThat(heard.text()).isEqualTo(SECOND_TEXT);
        assertThat(heard.finishReason()).isEqualTo("stop");
        assertThat(heard.models()).containsExactly(SECOND.model());
        assertThat(heard.header("X-Understudy-Provider")).isEqualTo(scene.secondName());
        assertThat(heard.header("X-Understudy-Model")).isEqualTo(scene.secondModel());
        assertThat(heard.header("X-Understudy-Attempts")).isEqualTo(String.valueOf(fault.attempts() + 1));
        assertThat(heard.header("X-Understudy-Trace"))
                .matches(TraceForm.of(fault.trace(scene.firstName(), scene.secondName())));
        assertThat(scene.second().requests()).hasSize(1);
    }
}
