package io.understudy.servlet.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.understudy.core.time.Scheduler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes of real files, at looks that the test lets happen. */
class ConfigWatcherTest implements ConfigWatcher.Listener {
    private final Looks looks = new Looks();
    private final List<String> told = new ArrayList<>();
    private final ScriptedWorld world = new ScriptedWorld();
    private final Path folder;
    private final Path file;

    ConfigWatcherTest(@TempDir Path folder) {
        this.folder = folder;
        this.file = folder.resolve("understudy.json");
    }

    @Override
    public void changed(Settings settings) {
        told.add("changed: " + settings.models().keySet());
    }

    @Override
    public void refused(ConfigException problems) {
        told.add("refused: " + problems.problems().size());
    }

    @Test
    void nothing_is_told_of_a_file_that_stays() {
        write(model("m"));
        watch();

        looks.happen(5);

        assertThat(told).isEmpty();
    }

    @Test
    void a_file_that_is_written_again_is_read_at_the_second_look() {
        write(model("m"));
        watch();
        write(model("longer-name"));

        looks.happen(1);
        assertThat(told).isEmpty();
        looks.happen(1);
        assertThat(told).containsExactly("changed: [longer-name]");
        looks.happen(5);
        assertThat(told).hasSize(1);
    }

    @Test
    void looks_are_so_near_that_a_change_takes_over_within_two_seconds() {
        write(model("m"));
        watch();

        assertThat(looks.delay.multipliedBy(2)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void a_file_that_still_grows_is_not_read() {
        write(model("m"));
        watch();

        for (int length = 0; length < 5; length++) {
            write("{" + " ".repeat(length));
            looks.happen(1);
        }
        assertThat(told).isEmpty();
        write(model("other"));
        looks.happen(2);
        assertThat(told).containsExactly("changed: [other]");
    }

    @Test
    void a_file_of_the_same_size_written_at_another_time_is_read() throws IOException {
        write(model("m"));
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000));
        watch();
        write(model("n"));

        looks.happen(2);

        assertThat(told).containsExactly("changed: [n]");
    }

    @Test
    void a_file_that_another_one_of_the_same_size_and_time_replaces_is_read() throws IOException {
        write(model("m"));
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000));
        watch();
        Path other = Files.writeString(folder.resolve("understudy.json.tmp"), model("n"));
        Files.setLastModifiedTime(other, FileTime.fromMillis(1_000));
        Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);

        looks.happen(2);

        assertThat(told).containsExactly("changed: [n]");
    }

    /** {@code understudy.json -> ..data/understudy.json}, {@code ..data -> ..2026_1}, as the kubelet writes them. */
    @Test
    void a_mounted_config_map_is_read_when_its_link_is_swapped() throws IOException {
        generation("..2026_1", model("m"));
        Files.createSymbolicLink(folder.resolve("..data"), Path.of("..2026_1"));
        Files.createSymbolicLink(file, Path.of("..data", "understudy.json"));
        watch();
        generation("..2026_2", model("n"));
        Files.createSymbolicLink(folder.resolve("..data_tmp"), Path.of("..2026_2"));
        Files.move(folder.resolve("..data_tmp"), folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);

        looks.happen(2);

        assertThat(told).containsExactly("changed: [n]");
    }

    @Test
    void a_touch_that_changes_nothing_is_not_told() throws IOException {
        write(model("m"));
        watch();
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000));

        looks.happen(3);

        assertThat(told).isEmpty();
    }

    @Test
    void an_invalid_change_is_told_once_and_a_valid_one_after_it_again() throws IOException {
        write(model("m"));
        watch();

        write("{}");
        looks.happen(4);
        assertThat(told).containsExactly("refused: 2");
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000));
        looks.happen(4);
        assertThat(told).hasSize(1);
        write(model("n"));
        looks.happen(2);
        assertThat(told).containsExactly("refused: 2", "changed: [n]");
    }

    @Test
    void a_file_that_is_gone_is_told_once_and_seen_when_it_is_back() throws IOException {
        write(model("m"));
        watch();

        Files.delete(file);
        looks.happen(4);
        assertThat(told).containsExactly("refused: 1");
        write(model("n"));
        looks.happen(2);
        assertThat(told).containsExactly("refused: 1", "changed: [n]");
    }

    @Test
    void a_file_of_a_secret_is_watched_as_well() throws IOException {
        Path secret = Files.writeString(folder.resolve("key"), "sk-old");
        write(Example.provider(", 'apiKey': '${file:" + secret + "}'").replace('\'', '"'));
        watch();
        Files.writeString(secret, "sk-newer");

        looks.happen(2);

        assertThat(told).containsExactly("changed: [m]");
    }

    @Test
    void a_resource_of_the_application_is_watched_if_it_is_a_file() throws IOException {
        write(model("m"));
        world.realPaths.put("/WEB-INF/understudy.json", file.toString());
        ConfigWatcher watcher = new ConfigWatcher(world.reader());
        watcher.read();
        watcher.start(looks, this);
        write(model("other"));

        looks.happen(2);

        assertThat(told).containsExactly("changed: [other]");
    }

    @Test
    void what_lies_in_no_file_is_not_looked_at() {
        world.initParams.put("config", "classpath:a.json");
        world.classpath.put("a.json", ScriptedWorld.bytes(model("m")));
        ConfigWatcher watcher = new ConfigWatcher(world.reader());
        watcher.read();
        watcher.start(looks, this);

        assertThat(looks.pending).isEmpty();
    }

    @Test
    void nothing_is_told_after_the_end() {
        write(model("m"));
        ConfigWatcher watcher = watch();
        Runnable late = looks.pending.get(0);
        write(model("other"));

        watcher.close();
        late.run();

        assertThat(looks.pending).isEmpty();
        assertThat(told).isEmpty();
    }

    @Test
    void a_listener_that_fails_ends_nothing() {
        write(model("m"));
        ConfigWatcher watcher = new ConfigWatcher(reader());
        watcher.read();
        watcher.start(looks, new ConfigWatcher.Listener() {
            @Override
            public void changed(Settings settings) {
                told.add("changed: " + settings.models().keySet());
                throw new IllegalStateException("scripted");
            }

            @Override
            public void refused(ConfigException problems) {
                told.add("refused");
            }
        });
        write(model("other"));

        looks.happen(1);
        assertThatThrownBy(() -> looks.happen(1)).hasMessage("scripted");
        write(model("another"));
        looks.happen(1);
        assertThatThrownBy(() -> looks.happen(1)).hasMessage("scripted");

        assertThat(told).containsExactly("changed: [other]", "changed: [another]");
    }

    private ConfigWatcher watch() {
        ConfigWatcher watcher = new ConfigWatcher(reader());
        watcher.read();
        watcher.start(looks, this);
        return watcher;
    }

    private ConfigReader reader() {
        world.initParams.put("config", file.toString());
        return world.reader();
    }

    private void write(String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void generation(String name, String text) throws IOException {
        Files.writeString(Files.createDirectory(folder.resolve(name)).resolve("understudy.json"), text);
    }

    private static String model(String name) {
        return Example.MINIMAL.replace("'m'", "'" + name + "'").replace('\'', '"');
    }

    /** A scheduler in which time passes when the test says so. */
    private static final class Looks implements Scheduler {
        private final List<Runnable> pending = new ArrayList<>();
        private Duration delay = Duration.ZERO;

        @Override
        public Runnable schedule(Runnable task, Duration after) {
            delay = after;
            pending.add(task);
            return () -> pending.remove(task);
        }

        void happen(int times) {
            for (int i = 0; i < times; i++) {
                pending.remove(0).run();
            }
        }
    }
}
