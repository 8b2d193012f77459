package io.understudy.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.servlet.config.ConfigReader;
import io.understudy.servlet.config.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadmeTest {
    private static final Pattern BLOCK = Pattern.compile("```(\\w+)\n(.*?)```", Pattern.DOTALL);
    /** As in {@code "model": "x"}, {@code model="x"}, {@code .model("x")}, {@code ANTHROPIC_MODEL=x}. */
    private static final Pattern MODEL = Pattern.compile("(?i)model\"?\\s*[:=(]\\s*\"?([\\w.-]+)");

    private String readme = "";

    @BeforeEach
    void set() throws IOException {
        readme = Files.readString(Path.of("..", "README.md"));
        System.setProperty("OPENAI_API_KEY", "a");
        System.setProperty("AZURE_OPENAI_API_KEY", "b");
    }

    @AfterEach
    void unset() {
        System.clearProperty("OPENAI_API_KEY");
        System.clearProperty("AZURE_OPENAI_API_KEY");
    }

    @Test
    void the_configuration_that_it_shows_can_be_used() {
        List<String> shown = blocks("json");
        assertThat(shown).hasSize(1);
        Settings settings = ConfigReader.ofSystem().read(shown.get(0));
        assertThat(settings.providers()).containsOnlyKeys("openai", "azure");
        assertThat(settings.warnings()).isEmpty();
    }

    @Test
    void the_java_that_it_shows_is_run() throws IOException {
        String run = Files.readString(Path.of("src", "test", "java", "io", "understudy", "example", "ReadmeIT.java"));
        assertThat(blocks("java")).hasSize(2).allSatisfy(shown -> assertThat(dense(run))
                .contains(dense(shown.replace("\"http://127.0.0.1:8080/v1\"", "url + \"/v1\"")
                        .replace("\"http://127.0.0.1:8080\"", "url"))));
    }

    @Test
    void the_models_that_it_asks_for_are_in_the_demo() throws IOException {
        Settings demo = ConfigReader.ofSystem().read(demo());
        for (String language : List.of("sh", "java", "js", "python", "toml")) {
            List<String> models = blocks(language).stream()
                    .flatMap(block -> MODEL.matcher(block).results())
                    .map(model -> model.group(1))
                    .toList();
            assertThat(models).as(language).isNotEmpty();
            assertThat(demo.models().keySet()).containsAll(models);
        }
    }

    private List<String> blocks(String language) {
        return BLOCK.matcher(readme)
                .results()
                .filter(block -> block.group(1).equals(language))
                .map(block -> block.group(2))
                .toList();
    }

    private static String demo() throws IOException {
        try (InputStream file = DemoFilter.class.getResourceAsStream("demo.json")) {
            String json = new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
            return json.replace("${demo}", "http://127.0.0.1:8080/demo");
        }
    }

    private static String dense(String code) {
        return code.replaceAll("\\s", "");
    }
}
