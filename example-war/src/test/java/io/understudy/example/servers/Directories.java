package io.understudy.example.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Whole directories. */
final class Directories {
    private Directories() {}

    /** Copies a directory of a distribution, so that the distribution itself is never written to. */
    static void copy(Path from, Path to) throws IOException {
        for (Path path : everythingIn(from)) {
            Files.copy(path, to.resolve(from.relativize(path).toString()));
        }
    }

    /** Makes sure that a directory is there and has nothing in it. */
    static Path empty(Path directory) throws IOException {
        if (Files.exists(directory)) {
            for (Path path : everythingIn(directory).stream()
                    .sorted(Comparator.reverseOrder())
                    .toList()) {
                Files.delete(path);
            }
        }
        return Files.createDirectories(directory);
    }

    private static List<Path> everythingIn(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.toList();
        }
    }
}
