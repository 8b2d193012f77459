package io.understudy.example.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A JDK of this machine. */
record Jdk(Path home) {
    private static final List<Path> WHERE_THEY_ARE = List.of(
            Path.of("/usr/lib/jvm"),
            Path.of("/opt/java"),
            Path.of(System.getProperty("user.home"), ".sdkman", "candidates", "java"));

    /** The one that runs the servers: the system property {@code servers.java}, else the one that runs the tests. */
    static Jdk chosen() {
        return new Jdk(Path.of(System.getProperty("servers.java", System.getProperty("java.home"))));
    }

    /** The newest one installed, if that is newer than the one chosen. */
    static Optional<Jdk> newer() {
        return installed().stream()
                .max(Comparator.comparingInt(Jdk::version))
                .filter(newest -> newest.version() > chosen().version());
    }

    private static List<Jdk> installed() {
        List<Jdk> installed = new ArrayList<>();
        for (Path directory : WHERE_THEY_ARE.stream().filter(Files::isDirectory).toList()) {
            try (DirectoryStream<Path> homes = Files.newDirectoryStream(directory, Jdk::isHome)) {
                homes.forEach(home -> installed.add(new Jdk(home)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return installed;
    }

    private static boolean isHome(Path directory) {
        return Files.isExecutable(directory.resolve("bin").resolve("javac"))
                && Files.isReadable(directory.resolve("release"));
    }

    /** The path of one of its programs. */
    String program(String name) {
        return home.resolve("bin").resolve(name).toString();
    }

    /** The major version, from the file in which every JDK says it. */
    int version() {
        try {
            return Files.readAllLines(home.resolve("release")).stream()
                    .filter(line -> line.startsWith("JAVA_VERSION="))
                    .map(line -> line.replaceAll("\\D*(\\d+).*", "$1"))
                    .mapToInt(Integer::parseInt)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(home + " (expected: a release with JAVA_VERSION)"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
