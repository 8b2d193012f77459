package io.understudy.servlet.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The check that a text is read, or refused as documented, within a time that no honest reading takes. */
final class ReadOrRefused {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final ScriptedWorld world = new ScriptedWorld();

    ReadOrRefused() {
        Stream.of("OPENAI_API_KEY", "AZURE_KEY", "ANTHROPIC_API_KEY", "UNDERSTUDY_CLIENT_KEY")
                .forEach(name -> world.environment.put(name, name + "-value"));
    }

    /** The problems of {@code text}; none if it was read. */
    List<String> check(String text) {
        List<String> problems = assertTimeoutPreemptively(
                SOON, () -> problems(() -> world.reader().read(text)));
        assertThat(problems).allMatch(problem -> problem.indexOf('\n') < 0);
        return problems;
    }

    /** The problems of a reading; none if there were none. */
    static List<String> problems(Supplier<Settings> reading) {
        try {
            assertThat(reading.get().models()).isNotEmpty();
            return List.of();
        } catch (ConfigException refused) {
            assertThat(refused.problems()).isNotEmpty();
            return refused.problems();
        }
    }
}
