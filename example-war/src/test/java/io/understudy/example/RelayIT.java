package io.understudy.example;

import static io.understudy.example.Scene.FIRST;
import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.servlet.testing.Frames;
import io.understudy.servlet.testing.Gate;
import io.understudy.servlet.testing.RawCaller;
import io.understudy.servlet.testing.Reply;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From its first content on a stream reaches the caller event by event, as it comes and unchanged. */
class RelayIT {
    private static final Frames FRAMES = FIRST.streamed("Grüße", " an \"alle\"", " \uD83C\uDF0D", "\n\nEnde");

    private static Stage stage;

    @BeforeAll
    static void open() {
        // Without heartbeats that matter: what arrives was not pushed by one.
        stage = Stage.open(40, "\"streaming\": { \"heartbeat\": \"120s\" }");
    }

    @AfterAll
    static void close() {
        stage.close();
    }

    @Test
    void each_event_arrives_while_the_next_is_not_there() {
        Scene scene = stage.next();
        List<Gate> gates = FRAMES.content().stream().map(event -> new Gate()).toList();
        Reply reply = Reply.stream().events(FRAMES.opening());
        for (int i = 0; i < gates.size(); i++) {
            reply = reply.event(FRAMES.content().get(i)).await(gates.get(i));
        }
        scene.first().then(reply.events(FRAMES.ending()).end());
        try (RawCaller caller = ask(scene)) {
            assertThat(caller.head().status()).isEqualTo(200);
            for (int i = 0; i < gates.size(); i++) {
                assertThat(caller.chunksUpTo(FRAMES.content().get(i))).doesNotContain("[DONE]");
                gates.get(i).open();
            }
            assertThat(caller.chunksUpTo("[DONE]\n\n")).endsWith("data: [DONE]\n\n");
            assertThat(caller.chunk()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 64, 1000})
    void a_stream_in_whatever_pieces_arrives_as_it_is(int size) {
        Scene scene = stage.next();
        scene.first().then(Reply.stream(FRAMES.all()).inPiecesOf(size));
        try (RawCaller caller = ask(scene)) {
            assertThat(caller.answer().text()).isEqualTo(FRAMES.text());
        }
    }

    @Test
    void a_stream_in_one_piece_arrives_as_it_is() {
        Scene scene = stage.next();
        scene.first().then(Reply.stream().event(FRAMES.text()).end());
        try (RawCaller caller = ask(scene)) {
            assertThat(caller.answer().text()).isEqualTo(FRAMES.text());
        }
    }

    @Test
    void a_large_plain_answer_arrives_as_it_is() {
        Scene scene = stage.next();
        String answer = " \n" + FIRST.answer("ü".repeat(2_000_000)) + "\n";
        scene.first().then(Reply.json(200, answer), Reply.chunkedJson(200, answer));
        String request = FIRST.request(scene.model(), "Hi");
        assertThat(Stream.of(stage.caller().chat(request), stage.caller().chat(request)))
                .allSatisfy(heard -> assertThat(heard.body()).isEqualTo(answer));
    }

    static Stream<UnaryOperator<Reply>> breaks() {
        String next = FRAMES.content().get(1);
        return Stream.of(
                Reply::end,
                Reply::close,
                Reply::reset,
                reply -> reply.halfChunk(next.substring(0, 40)).close(),
                reply -> reply.event(next.substring(0, 40)).end(),
                reply -> reply.event(FIRST.errorEvent("server_error", "broken")).end());
    }

    @ParameterizedTest
    @MethodSource("breaks")
    void a_stream_that_breaks_ends_with_an_error_and_without_a_marker(UnaryOperator<Reply> end) {
        Scene scene = stage.next().secondStreams();
        Gate heard = new Gate();
        scene.first().always(end.apply(begun().await(heard)));
        try (RawCaller caller = ask(scene)) {
            caller.head();
            assertThat(caller.chunksUpTo(FRAMES.content().get(0))).doesNotContain("error");
            heard.open();
            assertThat(caller.chunksUpToTheEnd())
                    .startsWith("event: error\ndata: {\"error\":{")
                    .endsWith("}}\n\n")
                    .doesNotContain("[DONE]", "Exception");
        }
        assertThat(scene.second().connections()).isZero();
    }

    /** The reset meets the gateway between looking for the next event and waiting for it, or it does not: hence often. */
    @RepeatedTest(20)
    void a_reset_is_noticed_whenever_it_comes() {
        Scene scene = stage.next();
        Gate heard = new Gate();
        scene.first().then(begun().await(heard).reset());
        try (RawCaller caller = ask(scene)) {
            caller.head();
            caller.chunksUpTo(FRAMES.content().get(0));
            heard.open();
            assertThat(caller.chunksUpToTheEnd()).startsWith("event: error\n");
        }
    }

    private static Reply begun() {
        return Reply.stream().events(FRAMES.opening()).event(FRAMES.content().get(0));
    }

    private static RawCaller ask(Scene scene) {
        return RawCaller.connect(stage.port())
                .postJson("/v1/chat/completions", FIRST.streamedRequest(scene.model(), "Hi"));
    }
}
