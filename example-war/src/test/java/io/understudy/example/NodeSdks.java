package io.understudy.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The official Node SDKs, had from npm. Where that is not possible the tests that need them are left out, but not where
 * the environment says that it is continuous integration.
 */
final class NodeSdks {
    private final Path folder;

    private NodeSdks(Path folder) {
        this.folder = folder;
    }

    /** Installs them, for one test class. */
    static NodeSdks install(Class<?> test) throws IOException, InterruptedException {
        Path war = Path.of(System.getProperty("understudy.war"));
        Path folder = Files.createDirectories(war.resolveSibling("node").resolve(test.getSimpleName()));
        for (String file : List.of("package.json", "sdks.mjs")) {
            Files.copy(Path.of("src", "test", "node", file), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        NodeSdks sdks = new NodeSdks(folder);
        boolean installed = sdks.run(
                        List.of("npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--prefer-offline"))
                .succeeded();
        assumeTrue(installed || System.getenv("CI") != null, "the Node SDKs can't be had");
        return sdks;
    }

    /**
     * Plays scenes, and answers what was heard in each of them.
     *
     * @param scenes as {@code dialect/play/…}, the name by which the providers know what to do
     */
    Map<String, String> play(Duo duo, List<String> scenes) throws InterruptedException {
        List<String> command = Stream.concat(Stream.of("node", "sdks.mjs", duo.url(), Duo.MODEL), scenes.stream())
                .toList();
        Output output = run(command);
        assertThat(output.succeeded()).as(output.text()).isTrue();
        return output.text()
                .lines()
                .map(line -> line.split("\t", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }

    /** What a process has printed, and whether it ended well. */
    private record Output(boolean succeeded, String text) {}

    private Output run(List<String> command) throws InterruptedException {
        try {
            Path log = folder.resolve(command.get(0) + ".log");
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
