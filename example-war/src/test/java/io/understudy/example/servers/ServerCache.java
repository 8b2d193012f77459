package io.understudy.example.servers;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Where the distributions of the servers stay from run to run, outside of the checkout. What it lacks is fetched by
 * Maven, from wherever the machine's settings say. Several builds may use it at once.
 */
record ServerCache(Path directory, Maven maven) {
    private static final String WORKSHOP = "fetching-";

    private static final String POM =
            """
            <project xmlns="http://maven.apache.org/POM/4.0.0">
              <modelVersion>4.0.0</modelVersion>
              <groupId>io.understudy.servers</groupId>
              <artifactId>%2$s</artifactId>
              <version>%3$s</version>
              <packaging>pom</packaging>
              <dependencies>
                <dependency>
                  <groupId>%1$s</groupId>
                  <artifactId>%2$s</artifactId>
                  <version>%3$s</version>
                  <type>%4$s</type>
                  <exclusions>
            %5$s
                  </exclusions>
                </dependency>
              </dependencies>
            </project>
            """;

    private static final String EXCLUSION =
            "        <exclusion><groupId>%s</groupId><artifactId>*</artifactId></exclusion>";

    /** The cache of this machine: the system property {@code servers.cache}, else below the user's home. */
    static ServerCache ofThisMachine() {
        return new ServerCache(
                Optional.ofNullable(System.getProperty("servers.cache"))
                        .filter(named -> !named.isBlank())
                        .map(Path::of)
                        .orElse(Path.of(System.getProperty("user.home"), ".cache", "understudy-servers")),
                Maven.ofThisBuild());
    }

    /** Leaves in a workshop what is to be kept, and answers where. */
    private interface Work {
        Path in(Path workshop) throws IOException;
    }

    /** The unpacked archive, or the file itself where there is nothing to unpack. */
    Path home(Artifact artifact) throws IOException {
        if (artifact.isArchive()) {
            return onlyChild(kept(artifact, artifact.versionedName(), workshop -> unpacked(artifact, workshop)));
        }
        return kept(artifact, artifact.fileName(), workshop -> fetched(artifact, workshop));
    }

    /** A directory with a library and all the jars that it needs, but for those of some groups. */
    Path libraries(Artifact artifact, List<String> withoutGroups) throws IOException {
        return kept(artifact, artifact.versionedName(), workshop -> {
            Files.writeString(workshop.resolve("pom.xml"), pom(artifact, withoutGroups));
            Path jars = workshop.resolve("jars");
            maven.run(workshop, "copy-dependencies", "-DincludeScope=runtime", "-DoutputDirectory=" + jars);
            return jars;
        });
    }

    private Path kept(Artifact artifact, String name, Work work) throws IOException {
        Path home = directory.resolve(name);
        if (Files.notExists(home)) {
            Files.createDirectories(directory);
            // Whoever has waited here finds, as a rule, that another build has fetched the same.
            try (FileChannel door = FileChannel.open(directory.resolve(".lock"), CREATE, WRITE)) {
                door.lock();
                if (Files.notExists(home)) {
                    provide(artifact, home, work);
                }
            }
        }
        return home;
    }

    /** Whatever is half done lies in a directory of its own, so that a broken run leaves nothing that looks whole. */
    private void provide(Artifact artifact, Path home, Work work) throws IOException {
        sweep();
        try {
            Path workshop = Files.createTempDirectory(directory, WORKSHOP);
            Files.move(work.in(workshop), home, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new IOException(
                    "%s is not in %s and could not be fetched (without servers: -Dservers=none; with others: -Dservers=NAME,NAME): %s"
                            .formatted(artifact.coordinates(), directory, e.getMessage()),
                    e);
        } finally {
            sweep();
        }
    }

    /** Removes what this run or a broken one has left. */
    private void sweep() throws IOException {
        try (DirectoryStream<Path> workshops = Files.newDirectoryStream(directory, WORKSHOP + "*")) {
            for (Path workshop : workshops) {
                Files.delete(Directories.empty(workshop));
            }
        }
    }

    private Path unpacked(Artifact artifact, Path workshop) throws IOException {
        Path unpacked = workshop.resolve("unpacked");
        unpack(fetched(artifact, workshop), unpacked);
        return unpacked;
    }

    private Path fetched(Artifact artifact, Path workshop) throws IOException {
        maven.run(workshop, "copy", "-Dartifact=" + artifact.coordinates(), "-DoutputDirectory=" + workshop);
        return workshop.resolve(artifact.fileName());
    }

    private static String pom(Artifact artifact, List<String> withoutGroups) {
        String exclusions = withoutGroups.stream().map(EXCLUSION::formatted).collect(Collectors.joining("\n"));
        return POM.formatted(artifact.group(), artifact.name(), artifact.version(), artifact.type(), exclusions);
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
