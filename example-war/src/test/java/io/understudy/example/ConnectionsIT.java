package io.understudy.example;

import static io.understudy.example.Scene.FIRST;
import static io.understudy.example.Scene.SECOND_TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.servlet.testing.Closed;
import io.understudy.servlet.testing.Frames;
import io.understudy.servlet.testing.Gate;
import io.understudy.servlet.testing.RawCaller;
import io.understudy.servlet.testing.ReceivedRequest;
import io.understudy.servlet.testing.Reply;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No connection to a provider is lost: it is closed, or it serves the next call. */
class ConnectionsIT {
    private static Stage stage;

    @BeforeAll
    static void open() {
        // Without heartbeats that matter: what is noticed is noticed by the events.
        stage = Stage.open(
                80, "\"failover\": { \"baseDelay\": \"10ms\" }", "\"streaming\": { \"heartbeat\": \"120s\" }");
    }

    @AfterAll
    static void close() {
        stage.close();
    }

    static Stream<Consumer<RawCaller>> departures() {
        return Stream.of(RawCaller::close, RawCaller::reset);
    }

    @ParameterizedTest
    @MethodSource("departures")
    void a_caller_that_leaves_a_stream_ends_the_call(Consumer<RawCaller> departure) {
        Scene scene = stage.next();
        Gate left = new Gate();
        Frames frames = FIRST.streamed("Once upon a time");
        Reply story =
                Reply.stream().events(frames.opening()).events(frames.content()).await(left);
        Reply endless = Stream.iterate(0, i -> i + 1).limit(500).reduce(story, ConnectionsIT::goOn, (one, two) -> two);
        scene.first().then(endless);
        RawCaller caller = RawCaller.connect(stage.port())
                .postJson("/v1/chat/completions", FIRST.streamedRequest(scene.model(), "Tell me"));
        assertThat(caller.head().status()).isEqualTo(200);
        assertThat(caller.chunksUpTo("Once upon a time")).contains("assistant");
        departure.accept(caller);
        left.open();
        assertThat(scene.first()
                        .awaitClosed(scene.first().requests().get(0).connection())
                        .how())
                .isNotEqualTo(Closed.How.BY_SCRIPT);
        assertThat(scene.first().requests()).hasSize(1);
        assertThat(scene.second().connections()).isZero();
    }

    @ParameterizedTest
    @MethodSource({"io.understudy.example.Faults#ofAnyRequest", "io.understudy.example.Faults#ofPlainAnswers"})
    void a_failed_plain_call_leaves_no_connection_behind(Fault fault) {
        Scene scene = stage.next().secondAnswers();
        fault.happensAt(scene.first());
        stage.sdk().plain(scene.model());
        assertClosedOrReused(scene);
    }

    @ParameterizedTest
    @MethodSource("io.understudy.example.Faults#ofStreams")
    void a_failed_stream_leaves_no_connection_behind(Fault fault) {
        Scene scene = stage.next().secondStreams();
        fault.happensAt(scene.first());
        stage.sdk().streamed(scene.model());
        assertClosedOrReused(scene);
    }

    @Test
    void calls_one_after_another_share_connections() {
        Scene scene = stage.next();
        scene.first().always(Reply.json(200, FIRST.answer("ok")));
        for (int i = 0; i < 10; i++) {
            stage.sdk().plain(scene.model());
        }
        assertThat(scene.first().connections()).isLessThan(5);
    }

    @Test
    void a_connection_lost_while_it_was_idle_costs_nothing() {
        Scene scene = stage.next().secondAnswers();
        scene.first().always(Reply.json(200, FIRST.answer("ok"))).thenOnReuse(Reply.drop());
        for (int i = 0; i < 10; i++) {
            Heard heard = stage.sdk().plain(scene.model());
            assertThat(heard.text()).isEqualTo("ok");
            assertThat(heard.header("X-Understudy-Provider")).isEqualTo(scene.firstName());
        }
        assertThat(scene.first().requests()).hasSize(11);
        assertThat(scene.second().connections()).isZero();
    }

    @Test
    void a_call_that_a_fresh_connection_drops_is_sent_once_more_and_no_oftener() {
        Scene scene = stage.next().secondAnswers();
        scene.first().always(Reply.drop());
        assertThat(stage.sdk().plain(scene.model()).text()).isEqualTo(SECOND_TEXT);
        assertThat(scene.first().requests()).extracting(ReceivedRequest::reused).containsExactly(false, false);
    }

    private static Reply goOn(Reply story, int chapter) {
        return story.after(Duration.ofMillis(20))
                .events(FIRST.streamed(" and then " + chapter).content());
    }

    /**
     * Calls the failed provider again, now that it is well, as often at the same time as there are open connections to
     * it: those that do not serve then must be closed.
     */
    private static void assertClosedOrReused(Scene scene) {
        int connections = scene.first().connections();
        int open = scene.first().openConnections();
        int before = scene.first().requests().size();
        Gate together = new Gate();
        scene.first().always(Reply.json(200, FIRST.answer("well again")).notBefore(together));
        List<CompletableFuture<HttpResponse<String>>> calls = Stream.generate(
                        () -> stage.caller().chatLater(FIRST.request(scene.soloModel(), "Again?")))
                .limit(open)
                .toList();
        List<ReceivedRequest> requests = Stream.generate(scene.first()::awaitRequest)
                .limit(before + open)
                .toList();
        together.open();
        assertThat(calls)
                .allSatisfy(call -> assertThat(call.join().statusCode()).isEqualTo(200));
        Set<Integer> serving =
                requests.stream().skip(before).map(ReceivedRequest::connection).collect(Collectors.toSet());
        IntStream.rangeClosed(1, connections)
                .filter(connection -> !serving.contains(connection))
                .forEach(scene.first()::awaitClosed);
    }
}
