package io.understudy.example;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.servlet.testing.RawAnswer;
import io.understudy.servlet.testing.RawCaller;
import io.understudy.servlet.testing.Reply;
import io.understudy.servlet.testing.ScriptedUpstream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The running WAR follows its configuration, mounted as Kubernetes mounts a ConfigMap. */
class ReloadIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ScriptedUpstream first = ScriptedUpstream.start();
    private final ScriptedUpstream second = ScriptedUpstream.start();
    private final Path folder;

    ReloadIT(@TempDir Path folder) {
        this.folder = folder;
    }

    @AfterEach
    void stop() {
        first.close();
        second.close();
    }

    @Test
    void a_swapped_link_brings_another_provider_and_a_broken_file_none() throws IOException {
        first.always(Reply.json(200, Scene.FIRST.answer("from the first")));
        second.always(Reply.json(200, Scene.SECOND.answer("from the second")));
        mount("..2026_1", configuration(first));
        Files.createSymbolicLink(folder.resolve("understudy.json"), Path.of("..data", "understudy.json"));
        try (RunningWar war = RunningWar.start(
                "--port", "0", "--config", folder.resolve("understudy.json").toString())) {
            assertThat(ask(war).text()).contains("from the first");

            mount("..2026_2", configuration(second));
            awaitAnswer(war, "from the second");

            mount("..2026_3", configuration(first).replace("\"models\"", "\"model\""));
            awaitReport(war, "model: unknown key");
            assertThat(ask(war).text()).contains("from the second");

            mount("..2026_4", configuration(first));
            awaitAnswer(war, "from the first");
            assertThat(war.err().lines().filter(line -> line.contains("cannot be used")))
                    .as("reports of the broken file")
                    .hasSize(1);
        }
    }

    private static void awaitAnswer(RunningWar war, String text) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        String answer;
        do {
            answer = ask(war).text();
        } while (!answer.contains(text) && System.nanoTime() - end < 0);
        assertThat(answer).contains(text);
    }

    private static void awaitReport(RunningWar war, String text) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!war.err().contains(text) && System.nanoTime() - end < 0) {
            // Each look waits for an answer.
            assertThat(ask(war).status()).isEqualTo(200);
        }
        assertThat(war.err()).contains(text);
    }

    private static RawAnswer ask(RunningWar war) {
        byte[] body = Scene.FIRST.request("gpt", "Hi").getBytes(UTF_8);
        try (RawCaller caller = RawCaller.connect(URI.create(war.url()).getPort())) {
            return caller.post("/v1/chat/completions", body).answer();
        }
    }

    /** A new folder with the file in it, then the link {@code ..data} to it, swapped in one step. */
    private void mount(String name, String configuration) throws IOException {
        Files.writeString(Files.createDirectory(folder.resolve(name)).resolve("understudy.json"), configuration);
        Path swap = Files.createSymbolicLink(folder.resolve("..data_tmp"), Path.of(name));
        Files.move(swap, folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    }

    private static String configuration(ScriptedUpstream upstream) {
        return """
                {"providers": {"only": {"type": "openai", "baseUrl": "%s"}}, "models": {"gpt": [{"provider": "only"}]}}"""
                .formatted(upstream.baseUrl());
    }
}
