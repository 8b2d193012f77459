package io.understudy.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.example.RunningWar.End;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code java -jar understudy.war --check}: looks at a configuration and starts nothing. */
class CheckIT {
    private final Path file;

    CheckIT(@TempDir Path folder) {
        this.file = folder.resolve("understudy.json");
    }

    @Test
    void a_valid_configuration_is_explained_and_the_process_ends_with_0() throws IOException {
        Files.writeString(
                file,
                """
                {"providers": {"a": {"type": "openai", "baseUrl": "https://a.example/v1", "apiKey": "sk-secret"},
                               "b": {"type": "azure", "baseUrl": "https://b.example/v1"}},
                 "models": {"gpt-4o": [{"provider": "a", "weight": 2}, {"provider": "b"}]}}""");

        End end = RunningWar.endOf("--check", "--config", file.toString());

        assertThat(end.err()).isEmpty();
        assertThat(end.status()).isZero();
        assertThat(end.out())
                .contains(
                        file + " (system property understudy.config) is valid.",
                        "66.667 %  a: gpt-4o at https://a.example/v1",
                        "33.333 %  b: gpt-4o at https://b.example/v1")
                .doesNotContain("sk-secret", "ready");
    }

    @Test
    void of_an_invalid_one_everything_is_told_and_the_process_ends_with_2() throws IOException {
        Files.writeString(
                file,
                """
                {"providers": {"a": {"type": "openai", "baseUrl": "a.example", "apiKey": "sk-secret", "proxi": ""}},
                 "models": {"gpt-4o": [{"provider": "a", "weight": -1}]}}""");

        End end = RunningWar.endOf("--check", "--config", file.toString());

        assertThat(end.status()).isEqualTo(2);
        assertThat(end.out()).isEmpty();
        assertThat(end.err())
                .contains(
                        "providers.a.baseUrl: \"a.example\"",
                        "providers.a.proxi: unknown key",
                        "models.gpt-4o[0].weight: -1")
                .doesNotContain("sk-secret");
    }

    @Test
    void without_a_configuration_the_places_are_listed_and_the_process_ends_with_2() {
        End end = RunningWar.endOf("--check");

        assertThat(end.status()).isEqualTo(2);
        assertThat(end.err()).contains("system property understudy.config: not set", "UNDERSTUDY_CONFIG");
    }
}
