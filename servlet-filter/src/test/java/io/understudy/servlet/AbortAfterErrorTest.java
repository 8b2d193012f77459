package io.understudy.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.servlet.testing.ChatWire;
import io.understudy.servlet.testing.Frames;
import io.understudy.servlet.testing.MessagesWire;
import io.understudy.servlet.testing.RawAnswer;
import io.understudy.servlet.testing.RawCaller;
import io.understudy.servlet.testing.Reply;
import io.understudy.servlet.testing.ResponsesWire;
import io.understudy.servlet.testing.Wire;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code streaming.abortAfterError}: a broken stream is told by its error event, and then by its connection. */
class AbortAfterErrorTest {
    private static final ChatWire CHAT = new ChatWire("served");

    private static TwoProviders providers;

    @BeforeAll
    static void start() throws Exception {
        providers = new TwoProviders(TwoProviders.MODELS + ", \"streaming\": {\"abortAfterError\": true}");
    }

    @AfterAll
    static void stop() {
        providers.close();
    }

    static Stream<Wire> dialects() {
        return Stream.of(CHAT, new MessagesWire("served"), new ResponsesWire("served"));
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void the_connection_breaks_behind_the_error_event(Wire wire) {
        Frames frames = wire.streamed("never", "whole");
        providers
                .a()
                .then(Reply.stream()
                        .events(frames.opening())
                        .events(frames.content())
                        .end());

        try (RawCaller caller = providers.caller()) {
            caller.postJson("/v1" + wire.path(), wire.streamedRequest("public", "Hi"));
            assertThat(caller.head().status()).isEqualTo(200);
            assertThat(caller.chunksUpToTheBreak())
                    .startsWith(String.join("", frames.opening()) + String.join("", frames.content()))
                    .contains("\n\nevent: error\ndata: {")
                    .endsWith("}\n\n");
        }
    }

    @Test
    void nothing_of_the_application_runs() {
        Frames frames = CHAT.streamed("text");
        providers
                .a()
                .then(Reply.stream()
                        .events(frames.opening())
                        .events(frames.content())
                        .reset());
        String request = CHAT.streamedRequest("public", "echo me");

        try (RawCaller caller = providers.caller().postJson("/v1" + CHAT.path(), request)) {
            caller.head();
            assertThat(caller.chunksUpToTheBreak()).doesNotContain("echo me");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void what_is_whole_ends_in_order(boolean streamed) {
        Frames frames = CHAT.streamed("whole");
        String answer = CHAT.answer("whole");
        providers.a().then(streamed ? Reply.stream(frames.all()) : Reply.json(200, answer));

        RawAnswer heard = providers.post(
                CHAT.path(), streamed ? CHAT.streamedRequest("public", "Hi") : CHAT.request("public", "Hi"));

        assertThat(heard.text()).isEqualTo(streamed ? frames.text() : answer);
    }

    @Test
    void an_error_before_the_answer_keeps_its_status() {
        providers.a().then(Reply.json(503, CHAT.error(503)));
        providers.b().then(Reply.json(500, CHAT.error(500)));

        assertThat(providers
                        .post(CHAT.path(), CHAT.streamedRequest("public", "Hi"))
                        .status())
                .isEqualTo(502);
    }
}
