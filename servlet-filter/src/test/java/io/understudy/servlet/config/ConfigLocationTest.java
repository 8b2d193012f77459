package io.understudy.servlet.config;

import static java.nio.charset.StandardCharsets.UTF_16;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigLocationTest {
    private static final byte[] VALID = ScriptedWorld.bytes(Example.MINIMAL.replace('\'', '"'));

    private final ScriptedWorld world = new ScriptedWorld();

    @Test
    void the_places_are_searched_in_their_order() {
        world.properties.put("understudy.config", "1.json");
        world.environment.put("UNDERSTUDY_CONFIG", "2.json");
        world.initParams.put("config", "3.json");
        world.contextParams.put("understudy.config", "4.json");
        world.resources.put("/WEB-INF/understudy.json", VALID);

        assertLocated("1.json (system property understudy.config)");
        world.properties.clear();
        assertLocated("2.json (environment variable UNDERSTUDY_CONFIG)");
        world.environment.clear();
        assertLocated("3.json (init-param config of the filter)");
        world.initParams.clear();
        assertLocated("4.json (context-param understudy.config)");
        world.contextParams.clear();
        assertLocated("/WEB-INF/understudy.json (the default place)");
        world.resources.clear();
        assertThat(world.reader().locate()).isEmpty();
    }

    private void assertLocated(String location) {
        assertThat(world.reader().locate()).get().hasToString(location);
    }

    @Test
    void a_place_set_to_nothing_is_not_set() {
        world.properties.put("understudy.config", "");
        world.environment.put("UNDERSTUDY_CONFIG", " ");
        world.initParams.put("config", "3.json");

        assertLocated("3.json (init-param config of the filter)");
    }

    @Test
    void nothing_anywhere_lists_the_places() {
        assertThatThrownBy(() -> world.reader().read())
                .isInstanceOf(ConfigException.class)
                .hasMessage(
                        """
                        No configuration was found in any of these places:
                        system property understudy.config: not set
                        environment variable UNDERSTUDY_CONFIG: not set
                        init-param config of the filter: not set
                        context-param understudy.config: not set
                        /WEB-INF/understudy.json: missing""");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "conf/understudy.json", "file:conf/understudy.json", "/etc/understudy.json",
                        "file:/etc/understudy.json",
                "file:///etc/understudy.json", "classpath:c/understudy.json", "classpath:/c/understudy.json",
                        "/WEB-INF/c/understudy.json"
            })
    void every_form_of_a_place_is_read(String place) {
        world.files.putAll(Map.of("conf/understudy.json", VALID, "/etc/understudy.json", VALID));
        world.classpath.put("c/understudy.json", VALID);
        world.resources.put("/WEB-INF/c/understudy.json", VALID);
        world.initParams.put("config", place);

        assertThat(world.reader().read().models()).containsOnlyKeys("m");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gone.json", "file:/gone.json", "classpath:gone.json", "/WEB-INF/gone.json"})
    void a_named_place_without_anything_is_an_error_and_not_skipped(String place) {
        world.environment.put("UNDERSTUDY_CONFIG", place);
        world.resources.put("/WEB-INF/understudy.json", VALID);

        assertThatThrownBy(() -> world.reader().read())
                .isInstanceOf(ConfigException.class)
                .hasMessage("No configuration could be read:\n" + place
                        + " (environment variable UNDERSTUDY_CONFIG): there is nothing (expected: a readable file in UTF-8 of at most 4"
                        + " MiB)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///a b.json", "file://host/x.json", "file:///x.json?y"})
    void a_malformed_place_is_an_error(String place) {
        world.initParams.put("config", place);

        assertThatThrownBy(() -> world.reader().read())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(place + " (init-param config of the filter): not readable, ");
    }

    @Test
    void a_text_that_is_not_utf_8_is_refused() {
        world.resources.put("/WEB-INF/understudy.json", "{}".getBytes(UTF_16));

        assertThatThrownBy(() -> world.reader().read())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("/WEB-INF/understudy.json (the default place): not readable, not UTF-8");
    }

    @Test
    void a_byte_order_mark_is_tolerated() {
        world.resources.put(
                "/WEB-INF/understudy.json", ScriptedWorld.bytes("\uFEFF" + Example.MINIMAL.replace('\'', '"')));

        assertThat(world.reader().read().models()).containsOnlyKeys("m");
    }

    @Test
    void a_file_of_absurd_length_is_refused() {
        world.resources.put("/WEB-INF/understudy.json", new byte[(4 << 20) + 1]);

        assertThatThrownBy(() -> world.reader().read())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("not readable, longer than 4194304 bytes");
    }

    @Test
    void a_location_is_read_anew_each_time() {
        world.initParams.put("config", "x.json");
        world.files.put("x.json", VALID);
        ConfigReader reader = world.reader();
        ConfigLocation location = reader.locate().orElseThrow();
        Settings before = reader.read(location);
        world.files.put(
                "x.json",
                ScriptedWorld.bytes(Example.models("'n': [{'provider': 'a'}]").replace('\'', '"')));
        Settings after = reader.read(location);

        assertThat(before.models()).containsOnlyKeys("m");
        assertThat(after.models()).containsOnlyKeys("n");
    }

    @Test
    void real_files_are_read(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("under study.json"), VALID);
        Path nothing = folder.resolve("nothing.json");

        assertThat(readReally(file.toString()).models()).containsOnlyKeys("m");
        assertThat(readReally(file.toUri().toString()).models()).containsOnlyKeys("m");
        assertThatThrownBy(() -> readReally(folder.toString())).hasMessageContaining("not readable, a directory");
        assertThatThrownBy(() -> readReally(nothing.toString())).hasMessageContaining("there is nothing");
        assertThatThrownBy(() -> readReally("a\0b"))
                .hasMessageContaining("a\\u0000b")
                .hasMessageContaining("not readable");
    }

    private Settings readReally(String place) {
        Surroundings real = Surroundings.ofSystem();
        return new ConfigReader(new Surroundings(
                        name -> null,
                        name -> place,
                        real.initParams(),
                        real.contextParams(),
                        real.realPaths(),
                        real.resources(),
                        real.classpath(),
                        real.files(),
                        real.maxHeap()))
                .read();
    }
}
