package io.understudy.example.servers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Where the distributions of the servers stay from run to run, outside of the checkout. What it lacks is fetched by
 * Maven, from wherever the machine's settings say.
 */
record ServerCache(Path directory) {
    private static final String COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy";

    /** The cache of this machine: the system property {@code servers.cache}, else below the user's home. */
    static ServerCache ofThisMachine() {
        return new ServerCache(Optional.ofNullable(System.getProperty("servers.cache"))
                .filter(named -> !named.isBlank())
                .map(Path::of)
                .orElse(Path.of(System.getProperty("user.home"), ".cache", "understudy-servers")));
    }

    /** The unpacked archive, or the file itself where there is nothing to unpack. */
    Path home(Artifact artifact) throws IOException {
        Path home = directory.resolve(artifact.isArchive() ? unpackedName(artifact) : artifact.fileName());
        if (Files.notExists(home)) {
            provide(artifact, home);
        }
        return artifact.isArchive() ? onlyChild(home) : home;
    }

    private static String unpackedName(Artifact artifact) {
        return artifact.name() + "-" + artifact.version();
    }

    /** Whatever is half done lies in a directory of its own, so that a broken run leaves nothing that looks whole. */
    private void provide(Artifact artifact, Path home) throws IOException {
        Files.createDirectories(directory);
        Path workshop = Files.createTempDirectory(directory, "fetching-");
        fetch(artifact, workshop);
        Path file = workshop.resolve(artifact.fileName());
        if (artifact.isArchive()) {
            Path unpacked = workshop.resolve("unpacked");
            unpack(file, unpacked);
            Files.move(unpacked, home);
            Files.delete(file);
        } else {
            Files.move(file, home);
        }
        Files.delete(workshop);
    }

    private static void fetch(Artifact artifact, Path into) throws IOException {
        List<String> command =
                List.of(maven(), "-q", "-B", COPY, "-Dartifact=" + artifact.coordinates(), "-DoutputDirectory=" + into);
        Process process =
                new ProcessBuilder(command).directory(into.toFile()).inheritIO().start();
        int exit = process.onExit().join().exitValue();
        if (exit != 0) {
            throw new IOException("exit code %d (expected: 0) of: %s".formatted(exit, String.join(" ", command)));
        }
    }

    private static String maven() {
        return Optional.ofNullable(System.getProperty("maven.home"))
                .map(home -> Path.of(home, "bin", "mvn").toString())
                .orElse("mvn");
    }

    private static void unpack(Path archive, Path into) throws IOException {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
                unpack(zip, entries.nextElement(), into);
            }
        }
    }

    private static void unpack(ZipFile zip, ZipEntry entry, Path into) throws IOException {
        Path target = into.resolve(entry.getName()).normalize();
        if (!target.startsWith(into)) {
            throw new IOException("%s of %s (expected: a path inside the archive)".formatted(entry, zip.getName()));
        }
        Files.createDirectories(entry.isDirectory() ? target : target.resolveSibling("."));
        if (!entry.isDirectory()) {
            try (InputStream content = zip.getInputStream(entry)) {
                Files.copy(content, target);
            }
        }
    }

    private static Path onlyChild(Path home) throws IOException {
        try (var children = Files.list(home)) {
            return children.reduce((one, other) -> {
                        throw new IllegalStateException("%s and %s (expected: one directory)".formatted(one, other));
                    })
                    .orElseThrow();
        }
    }
}
