package io.understudy.servlet.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.servlet.config.Surroundings.Opener;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Surroundings of which a test writes every look-up, with a heap of 1 GiB. */
final class ScriptedWorld {
    static final long MAX_HEAP = 1L << 30;

    final Map<String, String> environment = new HashMap<>();
    final Map<String, String> properties = new HashMap<>();
    final Map<String, String> initParams = new HashMap<>();
    final Map<String, String> contextParams = new HashMap<>();
    final Map<String, String> realPaths = new HashMap<>();
    final Map<String, byte[]> resources = new HashMap<>();
    final Map<String, byte[]> classpath = new HashMap<>();
    final Map<String, byte[]> files = new HashMap<>();

    static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    ConfigReader reader() {
        return new ConfigReader(surroundings());
    }

    Surroundings surroundings() {
        return new Surroundings(
                environment::get,
                properties::get,
                initParams::get,
                contextParams::get,
                realPaths::get,
                opener(resources),
                opener(classpath),
                this::file,
                MAX_HEAP);
    }

    /** The settings of a text in which single quotes stand for double ones; what is read the schema allows as well. */
    Settings read(String json) {
        String text = json.replace('\'', '"');
        Settings settings = reader().read(text);
        assertThat(PublishedSchema.problems(text))
                .as("what the schema has against it")
                .isEmpty();
        return settings;
    }

    /** The problems of such a text; none if it is valid. */
    List<String> problems(String json) {
        try {
            read(json);
            return List.of();
        } catch (ConfigException refused) {
            return refused.problems();
        }
    }

    /** A scripted file, or a real one where none is scripted. */
    private @Nullable InputStream file(String name) throws IOException {
        InputStream scripted = opener(files).open(name);
        return scripted == null && Files.isRegularFile(Path.of(name)) ? Files.newInputStream(Path.of(name)) : scripted;
    }

    private static Opener opener(Map<String, byte[]> contents) {
        return name -> {
            byte[] content = contents.get(name);
            return content == null ? null : new ByteArrayInputStream(content);
        };
    }
}
