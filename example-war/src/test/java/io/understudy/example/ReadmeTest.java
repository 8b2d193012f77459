package io.understudy.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.servlet.config.ConfigReader;
import io.understudy.servlet.config.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadmeTest {
    private static final Pattern JSON = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);

    @BeforeEach
    void set() {
        System.setProperty("OPENAI_API_KEY", "a");
        System.setProperty("AZURE_OPENAI_API_KEY", "b");
    }

    @AfterEach
    void unset() {
        System.clearProperty("OPENAI_API_KEY");
        System.clearProperty("AZURE_OPENAI_API_KEY");
    }

    @Test
    void the_configuration_that_it_shows_can_be_used() throws IOException {
        Matcher block = JSON.matcher(Files.readString(Path.of("..", "README.md")));
        assertThat(block.find()).isTrue();
        Settings settings = ConfigReader.ofSystem().read(block.group(1));
        assertThat(settings.providers()).containsOnlyKeys("openai", "azure");
        assertThat(settings.warnings()).isEmpty();
    }
}
