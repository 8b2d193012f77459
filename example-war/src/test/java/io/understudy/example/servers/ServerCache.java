package io.understudy.example.servers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Where the distributions of the servers stay from run to run, outside of the checkout. What it lacks is fetched by
 * Maven, from wherever the machine's settings say.
 */
record ServerCache(Path directory) {
    private static final String PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:";

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
        return new ServerCache(Optional.ofNullable(System.getProperty("servers.cache"))
                .filter(named -> !named.isBlank())
                .map(Path::of)
                .orElse(Path.of(System.getProperty("user.home"), ".cache", "understudy-servers")));
    }

    /** Leaves in a workshop what is to be kept, and answers where. */
    private interface Work {
        Path in(Path workshop) throws IOException;
    }

    /** The unpacked archive, or the file itself where there is nothing to unpack. */
    Path home(Artifact artifact) throws IOException {
        if (artifact.isArchive()) {
            return onlyChild(kept(artifact.versionedName(), workshop -> unpacked(artifact, workshop)));
        }
        return kept(artifact.fileName(), workshop -> fetched(artifact, workshop));
    }

    /** A directory with a library and all the jars that it needs, but for those of some groups. */
    Path libraries(Artifact artifact, List<String> withoutGroups) throws IOException {
        return kept(artifact.versionedName(), workshop -> {
            Path pom = Files.writeString(workshop.resolve("pom.xml"), pom(artifact, withoutGroups));
            Path jars = workshop.resolve("jars");
            maven(workshop, "copy-dependencies", "-DincludeScope=runtime", "-DoutputDirectory=" + jars);
            Files.delete(pom);
            return jars;
        });
    }

    /** Whatever is half done lies in a directory of its own, so that a broken run leaves nothing that looks whole. */
    private Path kept(String name, Work work) throws IOException {
        Path home = directory.resolve(name);
        if (Files.notExists(home)) {
            Files.createDirectories(directory);
            Path workshop = Files.createTempDirectory(directory, "fetching-");
            Files.move(work.in(workshop), home);
            Files.delete(workshop);
        }
        return home;
    }

    private static Path unpacked(Artifact artifact, Path workshop) throws IOException {
        Path archive = fetched(artifact, workshop);
        Path unpacked = workshop.resolve("unpacked");
        unpack(archive, unpacked);
        Files.delete(archive);
        return unpacked;
    }

    private static Path fetched(Artifact artifact, Path workshop) throws IOException {
        maven(workshop, "copy", "-Dartifact=" + artifact.coordinates(), "-DoutputDirectory=" + workshop);
        return workshop.resolve(artifact.fileName());
    }

    private static String pom(Artifact artifact, List<String> withoutGroups) {
        String exclusions = withoutGroups.stream().map(EXCLUSION::formatted).collect(Collectors.joining("\n"));
        return POM.formatted(artifact.group(), artifact.name(), artifact.version(), artifact.type(), exclusions);
    }

    private static void maven(Path directory, String goal, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(maven(), "-q", "-B", PLUGIN + goal));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .inheritIO()
                .start();
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
