package io.understudy.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.servlet.corpus.Body;
import io.understudy.servlet.corpus.ChatBodies;
import io.understudy.servlet.corpus.ChatStreams;
import io.understudy.servlet.corpus.MessagesBodies;
import io.understudy.servlet.corpus.MessagesStreams;
import io.understudy.servlet.corpus.Recorded;
import io.understudy.servlet.corpus.ResponsesBodies;
import io.understudy.servlet.corpus.ResponsesStreams;
import io.understudy.servlet.testing.RawAnswer;
import io.understudy.servlet.testing.ReceivedRequest;
import io.understudy.servlet.testing.Reply;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever agents and SDKs send and get, not a byte of it changes on its way but those of the model. */
class ByteTransparencyTest {
    private static TwoProviders providers;

    static List<Body> bodies() {
        return Stream.of(ChatBodies.all(), MessagesBodies.all(), ResponsesBodies.all())
                .flatMap(List::stream)
                .toList();
    }

    static List<Recorded> streams() {
        return Stream.of(ChatStreams.all(), MessagesStreams.all(), ResponsesStreams.all())
                .flatMap(List::stream)
                .toList();
    }

    @BeforeAll
    static void start() throws Exception {
        providers = new TwoProviders(
                """
                "models": {"public \\"ü\\"": [{"provider": "a", "model": "model-a"},
                                          {"provider": "b", "model": "model/b \\"ß\\"", "priority": 1,
                                           "sameSpace": true}]}""");
    }

    @AfterAll
    static void stop() {
        providers.close();
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void a_request_reaches_each_provider_as_it_came_but_for_the_model(Body body) {
        providers.a().always(Reply.json(503, "{}"));
        providers.b().always(Reply.json(200, "{\"id\":\"x\"}"));

        RawAnswer answer = providers.post(body.path(), body.with("\"public \\u0022\\u00fc\\\"\""));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(latest(providers.a().requests()).body()).isEqualTo(body.with("\"model-a\""));
        assertThat(latest(providers.b().requests()).body()).isEqualTo(body.with("\"model/b \\\"ß\\\"\""));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void an_answer_reaches_the_caller_as_it_came(Body shape) {
        byte[] answer = shape.with("\"served\"");
        providers.a().always(Reply.answer(200, "application/json", answer));

        RawAnswer received = providers.post(shape.path(), "{\"model\":\"public \\\"ü\\\"\"}");

        assertThat(received.body()).isEqualTo(answer);
        assertThat(received.headers().first("Content-Type")).contains("application/json");
    }

    @ParameterizedTest
    @MethodSource("streams")
    void a_stream_reaches_the_caller_as_it_came_however_it_is_cut(Recorded stream) {
        Reply whole = Reply.stream(stream.events());
        Reply atOnce = Reply.stream(List.of(stream.text()));

        for (Reply reply :
                List.of(whole, atOnce, atOnce.inPiecesOf(1 + stream.text().length() / 50))) {
            providers.a().always(reply);

            RawAnswer received = providers.post(stream.path(), "{\"model\":\"public \\\"ü\\\"\",\"stream\":true}");

            assertThat(received.text()).isEqualTo(stream.text());
            assertThat(received.headers().first("X-Understudy-Provider")).contains("a");
        }
    }

    @ParameterizedTest
    @MethodSource("streams")
    void a_stream_whose_last_byte_comes_late_reaches_the_caller_whole(Recorded stream) {
        int length = stream.text().length();
        providers
                .a()
                .always(Reply.stream(List.of(
                        stream.text().substring(0, length - 1), stream.text().substring(length - 1))));

        RawAnswer received = providers.post(stream.path(), "{\"model\":\"public \\\"ü\\\"\",\"stream\":true}");

        assertThat(received.text()).isEqualTo(stream.text());
    }

    @Test
    void there_are_enough_of_them_and_agents_are_among_them() {
        assertThat(bodies()).hasSizeGreaterThanOrEqualTo(40).anySatisfy(body -> assertThat(body.with("\"m\""))
                .as("of Claude Code's kind")
                .hasSizeBetween(70_000, 90_000));
        assertThat(bodies())
                .anySatisfy(body ->
                        assertThat(body.with("\"m\"")).as("of Codex' kind").hasSizeBetween(35_000, 45_000));
        assertThat(streams()).hasSizeGreaterThanOrEqualTo(40);
    }

    private static ReceivedRequest latest(List<ReceivedRequest> requests) {
        return requests.get(requests.size() - 1);
    }
}
