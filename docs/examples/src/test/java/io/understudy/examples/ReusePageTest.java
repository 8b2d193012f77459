package io.understudy.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/reuse.md shows is what is compiled and tested here. */
class ReusePageTest {
    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    private static String source(String type) throws IOException {
        return Files.readString(Path.of("src/test/java/io/understudy/examples", type + ".java"));
    }

    @Test
    void its_java_is_the_sources_of_the_examples_and_nothing_else() throws IOException {
        String page = Files.readString(Path.of("..", "reuse.md"));
        List<String> shown =
                JAVA.matcher(page).results().map(block -> block.group(1)).toList();
        assertThat(shown)
                .containsExactly(
                        source("Understudies"),
                        source("OpenAiAssistant"),
                        source("FailoverChatModel"),
                        source("JerseyAssistant"));
    }
}
