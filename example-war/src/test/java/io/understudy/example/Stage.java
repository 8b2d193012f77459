package io.understudy.example;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.understudy.servlet.testing.RawAnswer;
import io.understudy.servlet.testing.RawCaller;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A running WAR with a number of scenes, which its tests take one by one: none can disturb another. */
final class Stage implements AutoCloseable {
    private final Queue<Scene> scenes;
    private final Queue<Scene> played = new ArrayDeque<>();
    private final RunningWar war;
    private final SdkCaller sdk;

    private Stage(Queue<Scene> scenes, RunningWar war) {
        this.scenes = scenes;
        this.war = war;
        this.sdk = new SdkCaller(war.url() + "/v1");
    }

    /**
     * A stage.
     *
     * @param scenes how many there are to take
     * @param settings further top-level members of the configuration
     */
    static Stage open(int scenes, String... settings) {
        Queue<Scene> all = IntStream.rangeClosed(1, scenes)
                .mapToObj(Scene::number)
                .collect(Collectors.toCollection(ArrayDeque::new));
        return new Stage(all, RunningWar.configured(configuration(all, settings)));
    }

    /** A scene that no test has had. */
    synchronized Scene next() {
        Scene scene = scenes.remove();
        played.add(scene);
        return scene;
    }

    /** An application that calls the WAR. */
    SdkCaller sdk() {
        return sdk;
    }

    /** An application that calls the WAR without an SDK. */
    Caller caller() {
        return new Caller(war.url());
    }

    /** Asks for a scene's model with exactly these headers, in a connection of its own. */
    RawAnswer ask(Scene scene, String... headers) {
        byte[] body = Scene.FIRST.request(scene.model(), "Hi").getBytes(UTF_8);
        try (RawCaller caller = RawCaller.connect(port())) {
            return caller.post("/v1/chat/completions", body, headers).answer();
        }
    }

    /** The port of the WAR. */
    int port() {
        return URI.create(war.url()).getPort();
    }

    /** The process of the WAR. */
    ProcessHandle process() {
        return war.process();
    }

    @Override
    public void close() {
        sdk.close();
        war.close();
        scenes.forEach(Scene::close);
        played.forEach(Scene::close);
    }

    private static String configuration(Queue<Scene> scenes, String... settings) {
        String providers = scenes.stream().map(Scene::providers).collect(Collectors.joining(",\n"));
        String models = scenes.stream().map(Scene::candidates).collect(Collectors.joining(",\n"));
        return Stream.concat(
                        Stream.of("\"providers\": {%s}".formatted(providers), "\"models\": {%s}".formatted(models)),
                        Stream.of(settings))
                .collect(Collectors.joining(",\n", "{", "}"));
    }
}
