package io.understudy.example.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Maven as a tool that fetches what is in its repositories.
 *
 * @param command how it is started
 */
record Maven(List<String> command) {
    private static final String PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:";
    private static final Duration LIMIT = Duration.ofMinutes(15);

    Maven {
        command = List.copyOf(command);
    }

    /**
     * The one that runs the tests, with the same settings and local repository, and offline if it is: as the system
     * property {@code servers.maven} says.
     */
    static Maven ofThisBuild() {
        List<String> command = new ArrayList<>();
        command.add(Optional.ofNullable(System.getProperty("maven.home"))
                .map(home -> Path.of(home, "bin", "mvn").toString())
                .orElse("mvn"));
        for (String said : List.of(System.getProperty("servers.maven", "").split("\\|", -1))) {
            String value = said.substring(said.indexOf('=') + 1);
            if (said.startsWith("settings=") && Files.exists(Path.of(value))) {
                command.addAll(List.of("-s", value));
            } else if (said.startsWith("repository=")) {
                command.add("-Dmaven.repo.local=" + value);
            } else if (said.equals("offline=true")) {
                command.add("-o");
            }
        }
        return new Maven(command);
    }

    /** Runs a goal of the dependency plugin in a directory, which also gets what Maven says. */
    void run(Path directory, String goal, String... options) throws IOException {
        Path output = directory.resolve("output");
        List<String> line = Stream.of(command, List.of("-q", "-B", PLUGIN + goal), List.of(options))
                .flatMap(List::stream)
                .toList();
        Process process = new ProcessBuilder(line)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        process.onExit()
                .completeOnTimeout(process, LIMIT.toSeconds(), TimeUnit.SECONDS)
                .join();
        process.destroyForcibly();
        int exit = process.onExit().join().exitValue();
        if (exit != 0) {
            throw new IOException("exit code %d (expected: 0) of %s%n%s"
                    .formatted(exit, String.join(" ", line), Files.readString(output)));
        }
    }
}
