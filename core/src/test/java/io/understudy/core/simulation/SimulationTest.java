package io.understudy.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The page about the simulation says what the simulation shows now. */
class SimulationTest {
    private static final Path DOCS = Path.of(System.getProperty("basedir", "core"), "..", "docs");

    /** Set to write the page instead of comparing it. */
    private static final boolean WRITES = Boolean.getBoolean("simulation.write");

    private static String template() throws IOException {
        try (InputStream in = SimulationTest.class.getResourceAsStream("page.md")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void the_committed_page_and_its_drawings_are_what_the_simulation_gives() throws IOException {
        for (Map.Entry<String, String> file : Report.files(template()).entrySet()) {
            Path path = DOCS.resolve(file.getKey());
            if (WRITES) {
                Files.writeString(path, file.getValue());
            }
            assertThat(Files.readString(path))
                    .as(
                            "%s (if the change is wanted: mvn -pl core test -Dtest=SimulationTest -Dsimulation.write=true)",
                            path)
                    .isEqualTo(file.getValue());
        }
    }
}
