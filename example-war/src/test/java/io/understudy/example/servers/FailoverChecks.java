package io.understudy.example.servers;

import static io.understudy.example.servers.Guests.CONTEXT;
import static io.understudy.example.servers.Guests.ROOT;
import static io.understudy.example.servers.Providers.DOWN_FIRST;
import static io.understudy.example.servers.Providers.PLAIN;
import static io.understudy.example.servers.Providers.TWO;
import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.servlet.testing.ChatWire;
import io.understudy.servlet.testing.Frames;
import io.understudy.servlet.testing.MessagesWire;
import io.understudy.servlet.testing.RawAnswer;
import io.understudy.servlet.testing.Reply;
import io.understudy.servlet.testing.ResponsesWire;
import io.understudy.servlet.testing.Wire;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What failover promises, in every dialect, plain and streamed, at the root and below a context path. */
interface FailoverChecks {
    String PIECE = "Good evening";

    Trial trial();

    static Stream<Named<Wire>> wires() {
        return Stream.of(
                Named.of("chat", new ChatWire("gpt-4o")),
                Named.of("messages", new MessagesWire("claude")),
                Named.of("responses", new ResponsesWire("gpt-4o")));
    }

    @Test
    default void lists_its_models() {
        for (String context : contexts()) {
            RawAnswer answer = trial().caller().send("GET " + context + "/v1/models");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text()).contains("\"" + PLAIN + "\"", "\"" + TWO + "\"");
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.understudy.example.servers.FailoverChecks#wires")
    default void fails_over_when_the_provider_is_down(Wire wire) {
        for (String context : contexts()) {
            trial().providers().second().then(Reply.json(200, wire.answer(PIECE)), stream(wire));
            assertThat(post(context, wire, wire.request(DOWN_FIRST, "Hi"))).isEqualTo(wire.answer(PIECE));
            assertThat(post(context, wire, wire.streamedRequest(DOWN_FIRST, "Hi")))
                    .isEqualTo(wire.streamed(PIECE).text());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.understudy.example.servers.FailoverChecks#wires")
    default void fails_over_after_a_429(Wire wire) {
        for (String context : contexts()) {
            trial().providers().first().then(limited(wire), limited(wire));
            trial().providers().second().then(Reply.json(200, wire.answer(PIECE)), stream(wire));
            assertThat(post(context, wire, wire.request(TWO, "Hi"))).isEqualTo(wire.answer(PIECE));
            assertThat(post(context, wire, wire.streamedRequest(TWO, "Hi")))
                    .isEqualTo(wire.streamed(PIECE).text());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.understudy.example.servers.FailoverChecks#wires")
    default void fails_over_when_a_stream_begins_with_an_error(Wire wire) {
        for (String context : contexts()) {
            String error = wire.errorEvent("server_error", "out of order");
            trial().providers().first().then(Reply.stream().event(error).end());
            trial().providers().second().then(stream(wire));
            assertThat(post(context, wire, wire.streamedRequest(TWO, "Hi")))
                    .isEqualTo(wire.streamed(PIECE).text());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.understudy.example.servers.FailoverChecks#wires")
    default void ends_a_stream_that_is_cut_with_an_error(Wire wire) {
        Frames frames = wire.streamed(PIECE);
        for (String context : contexts()) {
            int before = trial().providers().second().requests().size();
            Reply cut = Reply.stream().events(frames.opening()).events(frames.content());
            trial().providers().first().then(cut.close());
            assertThat(post(context, wire, wire.streamedRequest(TWO, "Hi")))
                    .contains(PIECE, "event: error\n")
                    .doesNotContain(frames.ending().get(frames.ending().size() - 1));
            assertThat(trial().providers().second().requests()).hasSize(before);
        }
    }

    private List<String> contexts() {
        return trial().kind().isContainer() ? List.of(ROOT, CONTEXT) : List.of(ROOT);
    }

    private String post(String context, Wire wire, String body) {
        RawAnswer answer = trial().caller().post(context + "/v1" + wire.path(), body);
        assertThat(answer.status()).isEqualTo(200);
        return answer.text();
    }

    private static Reply limited(Wire wire) {
        return Reply.json(429, wire.error(429));
    }

    private static Reply stream(Wire wire) {
        return Reply.stream(wire.streamed(PIECE).all());
    }
}
