package io.understudy.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.servlet.testing.ChatWire;
import io.understudy.servlet.testing.Frames;
import io.understudy.servlet.testing.MessagesWire;
import io.understudy.servlet.testing.RawAnswer;
import io.understudy.servlet.testing.Reply;
import io.understudy.servlet.testing.ResponsesWire;
import io.understudy.servlet.testing.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every streamed dialect does, whichever it is. */
class StreamedDialectsTest {
    private static final String LATE = "late-model";

    private TwoProviders providers;

    static Stream<Wire> dialects() {
        return Stream.of(new ChatWire("served"), new MessagesWire("served"), new ResponsesWire("served"));
    }

    @BeforeEach
    void start() throws Exception {
        providers = new TwoProviders();
    }

    @AfterEach
    void stop() {
        providers.close();
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void an_answer_is_relayed_as_it_is(Wire wire) {
        providers.a().then(Reply.json(200, wire.toolAnswer("weather", "{\"city\":\"Köln\"}")));

        RawAnswer answer = providers.post(wire.path(), wire.request("public", "Hi"));

        assertThat(answer.text()).isEqualTo(wire.toolAnswer("weather", "{\"city\":\"Köln\"}"));
        assertThat(answer.headers().first("X-Understudy-Provider")).contains("a");
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void a_stream_is_relayed_as_it_is(Wire wire) {
        Frames text = wire.streamed("Hel", "lo ", "wörld");
        Frames tool = wire.streamedTool("weather", "{\"ci", "ty\":1}");
        providers.a().then(Reply.stream(text.all()), Reply.stream(tool.all()));

        assertThat(streamed(wire).text()).isEqualTo(text.text());
        assertThat(streamed(wire).text()).isEqualTo(tool.text());
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void whatever_fails_before_the_first_content_leaves_no_trace(Wire wire) {
        Frames broken = wire.streamed("never seen");
        Frames whole = relayed(wire, LATE).streamed("Hello");
        List<Reply> failures = List.of(
                // First, while no connection is there that could be a stale one.
                Reply.drop(),
                Reply.json(503, wire.error(503)),
                Reply.json(429, wire.error(429)),
                Reply.json(200, wire.error(500)),
                Reply.stream(List.of(wire.errorEvent("overloaded_error", "Overloaded"))),
                Reply.stream(List.of()),
                Reply.stream().events(broken.opening()).end(),
                Reply.stream().events(broken.opening()).reset(),
                Reply.stream()
                        .events(broken.opening())
                        .event(wire.errorEvent("server_error", "m"))
                        .end());

        for (Reply failure : failures) {
            providers.a().then(failure);
            providers.b().then(Reply.stream(whole.all()));

            RawAnswer answer = streamed(wire);

            assertThat(answer.text()).isEqualTo(whole.text());
            assertThat(answer.headers().first("X-Understudy-Provider")).contains("b");
            assertThat(answer.headers().first("X-Understudy-Attempts")).contains("2");
        }
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void whatever_breaks_after_it_ends_with_the_dialects_error_event(Wire wire) {
        Frames frames = wire.streamed("Hel", "lo");
        List<String> sent = new ArrayList<>(frames.opening());
        sent.addAll(frames.content());
        List<Reply> breaks = List.of(
                Reply.stream().events(sent).end(),
                Reply.stream().events(sent).reset(),
                Reply.stream()
                        .events(sent)
                        .event(frames.ending().get(0).substring(0, 20))
                        .end(),
                Reply.stream()
                        .events(sent)
                        .event(wire.errorEvent("overloaded_error", "Overloaded"))
                        .end());

        for (Reply reply : breaks) {
            providers.a().then(reply);

            String text = streamed(wire).text();

            assertThat(text).startsWith(String.join("", sent) + "event: error\ndata: {");
            assertThat(text.substring(String.join("", sent).length())).doesNotContain("[DONE]", "_stop", "completed");
        }
        assertThat(providers.b().requests()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void the_error_event_of_a_provider_is_passed_on_without_its_secrets(Wire wire) {
        Frames frames = wire.streamed("Hel", "lo");
        providers
                .a()
                .then(Reply.stream()
                        .events(frames.opening())
                        .events(frames.content())
                        .event(wire.errorEvent("overloaded_error", "Overloaded, key sk-provider-first"))
                        .end());

        assertThat(streamed(wire).text())
                .contains("overloaded_error", "Overloaded, key ***")
                .doesNotContain("sk-provider");
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void a_stream_that_only_the_accept_header_asks_for_is_asked_for_in_the_body(Wire wire) {
        providers.a().then(Reply.stream(wire.streamed("Hi").all()));

        RawAnswer answer = providers.post(wire.path(), wire.request("public", "Hi"), "Accept", "text/event-stream");

        assertThat(answer.text()).isEqualTo(wire.streamed("Hi").text());
        assertThat(providers.a().awaitRequest().text())
                .isEqualTo("{\"stream\":true," + wire.request("model-a", "Hi").substring(1));
    }

    private RawAnswer streamed(Wire wire) {
        return providers.post(wire.path(), wire.streamedRequest("public", "Hi"));
    }

    private static Wire relayed(Wire wire, String model) {
        return switch (wire.path()) {
            case "/messages" -> new MessagesWire(model);
            case "/responses" -> new ResponsesWire(model);
            default -> new ChatWire(model);
        };
    }
}
