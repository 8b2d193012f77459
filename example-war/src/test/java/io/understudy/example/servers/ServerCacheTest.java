package io.understudy.example.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the cache does about servers that it does not have; a script stands in for Maven. */
class ServerCacheTest {
    private static final Artifact SERVER = new Artifact("org.example", "server", "1.0", "jar");

    private final Path folder;

    ServerCacheTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void a_server_that_is_missing_is_fetched_once() throws IOException {
        ServerCache cache =
                cache("echo fetched >> %1$s/calls; echo content > \"${5#-DoutputDirectory=}/server-1.0.jar\"");

        Path home = cache.home(SERVER);

        assertThat(home).hasContent("content");
        assertThat(cache.home(SERVER)).isEqualTo(home);
        assertThat(folder.resolve("calls")).hasContent("fetched");
    }

    @Test
    void one_that_cannot_be_had_is_named_with_what_to_do() throws IOException {
        ServerCache cache = cache("echo the network is down; exit 3");

        assertThatThrownBy(() -> cache.home(SERVER))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(
                        "org.example:server:1.0:jar",
                        cache.directory().toString(),
                        "exit code 3",
                        "-Dservers=none",
                        "the network is down");
    }

    @Test
    void what_was_half_done_is_swept_away() throws IOException {
        ServerCache cache = cache("exit 1");
        Path left = Files.createDirectories(cache.directory().resolve("fetching-1"));
        Files.writeString(left.resolve("server-1.0.jar"), "conte");

        assertThatThrownBy(() -> cache.home(SERVER)).isInstanceOf(IOException.class);

        try (Stream<Path> files = Files.list(cache.directory())) {
            assertThat(files).containsExactly(cache.directory().resolve(".lock"));
        }
    }

    /** A cache whose Maven is a shell script. */
    private ServerCache cache(String script) throws IOException {
        Path maven = Files.writeString(folder.resolve("mvn"), script.formatted(folder));
        return new ServerCache(folder.resolve("cache"), new Maven(List.of("sh", maven.toString())));
    }
}
