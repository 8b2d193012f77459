package io.understudy.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A configuration that cannot work is refused with all that is wrong and where, and the process ends with 2. */
class BadStartIT {
    private static final String GOOD =
            """
            {
              "providers": { "a": { "type": "openai", "baseUrl": "http://127.0.0.1:9/v1", "apiKey": "sk-a" } },
              "models": { "gpt-4o": [ { "provider": "a" } ] }
            }
            """;

    @Test
    void a_configuration_that_is_not_json(@TempDir Path folder) throws Exception {
        Path file = configuration(folder, GOOD.replace("\"models\":", "\"models\""));
        assertThat(refused("--config", file.toString()))
                .contains(file.toString())
                .containsPattern("(?i)line\\D{0,3}3");
    }

    @Test
    void an_empty_configuration(@TempDir Path folder) throws Exception {
        Path file = configuration(folder, "");
        assertThat(refused("--config", file.toString())).contains(file.toString());
    }

    @Test
    void three_mistakes_at_once(@TempDir Path folder) throws Exception {
        Path file = configuration(
                folder,
                """
                {
                  "providers": {
                    "a": { "type": "openai", "baseUrl": "http://127.0.0.1:9/v1", "apiKey": "sk-very-secret-1234" }
                  },
                  "models": { "gpt-4o": [ { "provider": "a" }, { "provider": "nobody", "weight": -1 } ] },
                  "failover": { "jiter": "full" }
                }
                """);
        String message = refused("--config", file.toString());
        assertThat(message)
                .contains("models.gpt-4o[1].weight: -1 (expected: a finite number >= 0)")
                .containsPattern("models\\.gpt-4o\\[1]\\.provider: \\W?nobody\\W? \\(expected: .+\\)")
                .containsPattern("failover\\.jiter: .*\\(expected: .+\\)")
                .doesNotContain("sk-very-secret");
        assertThat(message.lines().filter(line -> line.contains("(expected: "))).hasSize(3);
    }

    @Test
    void a_secret_that_is_not_there(@TempDir Path folder) throws Exception {
        Path file = configuration(folder, GOOD.replace("sk-a", "${UNDERSTUDY_TEST_SECRET_NOBODY_SET}"));
        assertThat(refused("--config", file.toString()))
                .contains("providers.a.apiKey", "UNDERSTUDY_TEST_SECRET_NOBODY_SET");
    }

    private static Path configuration(Path folder, String text) throws IOException {
        return Files.writeString(folder.resolve("understudy.json"), text);
    }

    /** What a start that must fail has to say for itself. */
    private static String refused(String... arguments) {
        RunningWar.End end = RunningWar.endOf(arguments);
        assertThat(end.status()).isEqualTo(2);
        assertThat(end.out()).isEmpty();
        assertThat(end.err()).isNotBlank().doesNotContain("\tat ", "Exception");
        return end.err();
    }
}
