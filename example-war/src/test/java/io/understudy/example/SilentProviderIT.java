package io.understudy.example;

import static io.understudy.example.Scene.FIRST;
import static io.understudy.example.Scene.SECOND_TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.servlet.testing.Closed;
import io.understudy.servlet.testing.Frames;
import io.understudy.servlet.testing.RawCaller;
import io.understudy.servlet.testing.Reply;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A provider that stays silent for longer than it may is left, its connection closed, and not asked again. */
class SilentProviderIT {
    private static final Duration PATIENCE = Duration.ofMillis(700);
    private static final Frames FRAMES = FIRST.streamed("never heard");

    private static Stage stage;

    @BeforeAll
    static void open() {
        stage = Stage.open(
                20,
                """
                "timeouts": { "connect": "700ms", "firstToken": "700ms", "response": "700ms", "idle": "700ms", "exchange": "4s" }""");
        // What a cold JVM needs for its first call is not what this is about.
        Scene rehearsal = stage.next().secondStreams();
        rehearsal.first().always(Reply.json(404, FIRST.error(404)));
        stage.sdk().streamed(rehearsal.model());
    }

    @AfterAll
    static void close() {
        stage.close();
    }

    static Stream<Fault> silences() {
        return Stream.of(
                Fault.always("before the status", Reply.silence().stall(), 1, "-;timeout"),
                Fault.always("after the status", Reply.stream().stall(), 1, "200;timeout"));
    }

    static Stream<Fault> silencesOfPlainAnswers() {
        return Stream.of(Fault.always(
                "inside the answer",
                Reply.announced(200, "application/json", 100)
                        .write(new byte[] {'{'})
                        .stall(),
                1,
                "200;timeout"));
    }

    static Stream<Fault> silencesOfStreams() {
        return Stream.of(
                Fault.always(
                        "after the opening",
                        Reply.stream().events(FRAMES.opening()).stall(),
                        1,
                        "200;timeout"),
                Fault.always(
                        "after a comment", Reply.stream().event(": busy\n\n").stall(), 1, "200;timeout"));
    }

    @ParameterizedTest
    @MethodSource({"silences", "silencesOfPlainAnswers"})
    void the_second_provider_answers(Fault fault) {
        Scene scene = stage.next().secondAnswers();
        fault.happensAt(scene.first());
        long start = System.nanoTime();
        assertServedBySecond(scene, fault, stage.sdk().plain(scene.model()));
        assertLeftInTime(scene, start);
    }

    @ParameterizedTest
    @MethodSource({"silences", "silencesOfStreams"})
    void the_second_provider_streams(Fault fault) {
        Scene scene = stage.next().secondStreams();
        fault.happensAt(scene.first());
        long start = System.nanoTime();
        assertServedBySecond(scene, fault, stage.sdk().streamed(scene.model()));
        assertLeftInTime(scene, start);
    }

    @Test
    void a_stream_that_falls_silent_in_the_middle_ends_with_an_error() {
        Scene scene = stage.next().secondStreams();
        scene.first()
                .always(Reply.stream()
                        .events(FRAMES.opening())
                        .events(FRAMES.content())
                        .stall());
        long start = System.nanoTime();
        try (RawCaller caller = RawCaller.connect(stage.port())
                .postJson("/v1/chat/completions", FIRST.streamedRequest(scene.model(), "Hi"))) {
            assertThat(caller.answer().text())
                    .contains("never heard", "\n\nevent: error\ndata: {\"error\":{")
                    .doesNotContain("[DONE]");
        }
        assertLeftInTime(scene, start);
        assertThat(scene.second().connections()).isZero();
    }

    @Test
    void nobody_waits_longer_than_the_whole_exchange_may_take() {
        Scene scene = stage.next();
        scene.first().always(Reply.silence().stall());
        scene.second().always(Reply.silence().stall());
        long start = System.nanoTime();
        HttpResponse<String> answer = stage.caller().chat(FIRST.request(scene.model(), "Hi"));
        Duration waited = Duration.ofNanos(System.nanoTime() - start);
        assertThat(answer.statusCode()).isEqualTo(504);
        assertThat(ErrorShape.of(answer).code()).isEqualTo("upstream_timeout");
        assertThat(answer.headers().firstValue("X-Understudy-Trace").orElseThrow())
                .matches(TraceForm.of(scene.firstName() + ";-;timeout", scene.secondName() + ";-;timeout"));
        assertThat(waited).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(6));
        scene.first().awaitClosed(scene.first().requests().get(0).connection());
        scene.second().awaitClosed(scene.second().requests().get(0).connection());
    }

    private static void assertServedBySecond(Scene scene, Fault fault, Heard heard) {
        assertThat(heard.text()).isEqualTo(SECOND_TEXT);
        assertThat(heard.header("X-Understudy-Trace"))
                .matches(TraceForm.of(fault.trace(scene.firstName(), scene.secondName())));
    }

    private static void assertLeftInTime(Scene scene, long startNanos) {
        Closed closed =
                scene.first().awaitClosed(scene.first().requests().get(0).connection());
        assertThat(closed.how()).isNotEqualTo(Closed.How.BY_SCRIPT);
        assertThat(Duration.ofNanos(closed.atNanos() - startNanos)).isBetween(PATIENCE, PATIENCE.plusSeconds(3));
    }
}
