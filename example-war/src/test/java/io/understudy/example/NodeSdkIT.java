package io.understudy.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.servlet.testing.ChatWire;
import io.understudy.servlet.testing.Frames;
import io.understudy.servlet.testing.MessageHead;
import io.understudy.servlet.testing.MessagesWire;
import io.understudy.servlet.testing.Reply;
import io.understudy.servlet.testing.ResponsesWire;
import io.understudy.servlet.testing.Wire;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every dialect through the official Node SDKs. */
class NodeSdkIT {
    private static final Map<String, Wire> WIRES = Map.of(
            "chat", new ChatWire("served"),
            "responses", new ResponsesWire("served"),
            "messages", new MessagesWire("served"));
    private static final String EMBEDDING =
            """
            {"object":"list","model":"m","data":[{"object":"embedding","index":0,"embedding":[0.5,-1.5]}],\
            "usage":{"prompt_tokens":2,"total_tokens":2}}""";

    private static Duo duo;
    private static Map<String, String> heard;

    @BeforeAll
    static void play() throws Exception {
        NodeSdks sdks = NodeSdks.install(NodeSdkIT.class);
        duo = Duo.of("openai", "chat", "messages", "responses", "embeddings");
        duo.first().always(NodeSdkIT::first);
        duo.second().always(NodeSdkIT::second);
        heard = sdks.play(duo, scenes());
    }

    @AfterAll
    static void close() {
        if (duo != null) {
            duo.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat", "responses", "messages"})
    void answers_streams_and_tool_calls_arrive(String dialect) {
        assertThat(heard)
                .containsEntry(dialect + "/plain", "From the first.")
                .containsEntry(dialect + "/streamed", "From the first.")
                .containsEntry(dialect + "/helped", "From the first.")
                .containsEntry(dialect + "/tool", "{\"city\":\"Ulm\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat", "responses", "messages"})
    void the_second_provider_takes_over(String dialect) {
        assertThat(heard).containsEntry(dialect + "/plain/failing", "From the second.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat", "responses", "messages"})
    void an_exhausted_request_is_the_error_that_the_sdk_knows(String dialect) {
        assertThat(heard.get(dialect + "/plain/exhausted")).startsWith("InternalServerError: 502");
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai", "anthropic"})
    void models_are_listed_and_shown_by_name(String vendor) {
        assertThat(heard).containsEntry("models/" + vendor, Duo.MODEL).containsEntry("model/" + vendor, Duo.MODEL);
    }

    @ParameterizedTest
    @ValueSource(strings = "embeddings/plain")
    void embeddings_arrive(String scene) {
        assertThat(heard).containsEntry(scene, "0.5,-1.5");
    }

    private static List<String> scenes() {
        Stream<String> ofDialects = WIRES.keySet().stream()
                .flatMap(dialect -> Stream.of("plain", "streamed", "helped", "tool", "plain/failing", "plain/exhausted")
                        .map(plot -> dialect + "/" + plot));
        return Stream.concat(
                        ofDialects,
                        Stream.of(
                                "models/openai",
                                "models/anthropic",
                                "model/openai",
                                "model/anthropic",
                                "embeddings/plain"))
                .toList();
    }

    private static Reply first(MessageHead request) {
        Named scene = Named.of(request);
        return scene.dialect().equals("embeddings") ? Reply.json(200, EMBEDDING) : first(scene.wire(), scene.plot());
    }

    private static Reply first(Wire wire, String plot) {
        Frames frames = wire.streamed("From ", "the first.");
        return switch (plot) {
            case "plain" -> Reply.json(200, wire.answer("From the first."));
            case "tool" ->
                Reply.stream(
                        wire.streamedTool("weather", "{\"city\":", "\"Ulm\"}").all());
            case "plain/failing" -> Reply.json(503, wire.error(503));
            case "plain/exhausted" -> Reply.json(500, wire.error(500));
            default -> Reply.stream(frames.all());
        };
    }

    private static Reply second(MessageHead request) {
        Named scene = Named.of(request);
        return scene.plot().equals("plain/failing")
                ? Reply.json(200, scene.wire().answer("From the second."))
                : Reply.drop();
    }

    /** What the name of a scene says. */
    private record Named(String dialect, String plot) {
        static Named of(MessageHead request) {
            String name = request.headers().first("x-request-id").orElseThrow();
            int slash = name.indexOf('/');
            return new Named(name.substring(0, slash), name.substring(slash + 1));
        }

        Wire wire() {
            return Objects.requireNonNull(WIRES.get(dialect));
        }
    }
}
