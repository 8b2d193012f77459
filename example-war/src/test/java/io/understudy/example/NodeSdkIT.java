package io.understudy.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.understudy.servlet.testing.ChatWire;
import io.understudy.servlet.testing.Frames;
import io.understudy.servlet.testing.MessageHead;
import io.understudy.servlet.testing.MessagesWire;
import io.understudy.servlet.testing.Reply;
import io.understudy.servlet.testing.ResponsesWire;
import io.understudy.servlet.testing.Wire;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every dialect through the official Node SDKs. They are had from npm; where that is not possible these tests are left out,
 * but not where the environment says that it is continuous integration.
 */
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
        Path folder = Files.createDirectories(
                Path.of(System.getProperty("understudy.war")).resolveSibling("node"));
        for (String file : List.of("package.json", "sdks.mjs")) {
            Files.copy(Path.of("src", "test", "node", file), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        boolean installed = run(
                        folder, "npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--prefer-offline")
                .succeeded();
        assumeTrue(installed || System.getenv("CI") != null, "the Node SDKs can't be had");
        duo = Duo.of("openai", "chat", "messages", "responses", "embeddings");
        duo.first().always(NodeSdkIT::first);
        duo.second().always(NodeSdkIT::second);
        Output output = run(folder, "node", "sdks.mjs", duo.url(), Duo.MODEL);
        assertThat(output.succeeded()).as(output.text()).isTrue();
        heard = output.text()
                .lines()
                .map(line -> line.split("\t", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
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
        assertThat(heard)
                .containsEntry(dialect + "/plain/failing", "From the second.")
                .containsEntry(dialect + "/streamed/failing", "From the second.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"chat", "responses", "messages"})
    void a_broken_stream_is_an_error_and_never_a_short_answer(String dialect) {
        for (String scene : List.of("/streamed/broken", "/helped/broken", "/streamed/cut")) {
            assertThat(heard.get(dialect + scene)).as(scene).contains("Error: ").contains("first: ");
        }
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

    private static Reply first(MessageHead request) {
        Named scene = Named.of(request);
        return scene.dialect().equals("embeddings") ? Reply.json(200, EMBEDDING) : first(scene.wire(), scene.plot());
    }

    private static Reply first(Wire wire, String plot) {
        Frames frames = wire.streamed("From ", "the first.");
        Reply opened = Reply.stream().events(frames.opening());
        Reply begun = opened.event(frames.content().get(0));
        return switch (plot) {
            case "plain" -> Reply.json(200, wire.answer("From the first."));
            case "tool" ->
                Reply.stream(
                        wire.streamedTool("weather", "{\"city\":", "\"Ulm\"}").all());
            case "plain/failing" -> Reply.json(503, wire.error(503));
            case "streamed/failing" ->
                opened.event(wire.errorEvent("overloaded_error", "busy")).end();
            case "streamed/broken", "helped/broken" ->
                begun.event(wire.errorEvent("server_error", "broken")).end();
            case "streamed/cut" -> begun.end();
            case "plain/exhausted" -> Reply.json(500, wire.error(500));
            default -> Reply.stream(frames.all());
        };
    }

    private static Reply second(MessageHead request) {
        Named scene = Named.of(request);
        return switch (scene.plot()) {
            case "plain/failing" -> Reply.json(200, scene.wire().answer("From the second."));
            case "streamed/failing" ->
                Reply.stream(scene.wire().streamed("From ", "the second.").all());
            default -> Reply.drop();
        };
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

    /** What a process has printed, and whether it ended well. */
    private record Output(boolean succeeded, String text) {}

    private static Output run(Path folder, String... command) throws InterruptedException {
        try {
            Path log = folder.resolve(command[0] + ".log");
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            boolean ended = process.waitFor(3, TimeUnit.MINUTES);
            process.destroyForcibly();
            return new Output(ended && process.exitValue() == 0, Files.readString(log, StandardCharsets.UTF_8));
        } catch (IOException e) {
            return new Output(false, e.toString());
        }
    }
}
