package io.understudy.servlet.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is not JSON, with the line and the column where that shows. */
class BrokenJsonTest {
    private final ScriptedWorld world = new ScriptedWorld();

    static Stream<Arguments> texts() {
        String generic = "a comma, a colon, a quote or a bracket before this";
        String early = "more; the text ends too early";
        return Stream.of(
                arguments("", 1, 1, "an object: { … }"),
                arguments("  \n ", 1, 1, "an object: { … }"),
                arguments("[]", 1, 2, "an object: { … }"),
                arguments("7", 1, 2, "an object: { … }"),
                arguments("{", 1, 2, early),
                arguments("{\n  \"a\": \"b", 2, 10, early),
                arguments("{\n  \"a\": {\n", 3, 1, early),
                arguments("{\n  \"a\": 1,\n}", 3, 1, "no comma before a closing bracket"),
                arguments("{\"a\": [1, ]}", 1, 11, "no comma before a closing bracket"),
                arguments("{\"a\": }", 1, 7, "a value, or the other bracket"),
                arguments("{\n// x\n}", 2, 1, "no comment: JSON has none"),
                arguments("{\n# x\n}", 2, 1, "no comment: JSON has none"),
                arguments("{'a': 1}", 1, 2, "double quotes"),
                arguments("{\"a\": \"x\n\"}", 1, 9, "a closing double quote before the end of the line"),
                arguments("{\"a\": sk-canary}", 1, 7, generic),
                arguments("{\"a\" 1}", 1, 6, generic),
                arguments("{\"a\": tru}", 1, 10, "a value, or the other bracket"),
                arguments("{} {}", 1, 4, generic),
                arguments("{\"a\": 1e99999999999}", 1, 20, "a number of a sane length"),
                arguments("{\"a\": " + "1".repeat(51) + "}", 1, 58, "a number of a sane length"),
                arguments("{\"a\":" + "[".repeat(50), 1, 56, "at most 50 levels of nesting"));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void is_refused_with_its_place(String text, int line, int column, String expected) {
        ConfigException refused =
                catchThrowableOfType(ConfigException.class, () -> world.reader().read(text));

        assertThat(refused.problems())
                .containsExactly("line " + line + ", column " + column + ": broken JSON (expected: " + expected + ")");
    }

    @Test
    void a_hundred_thousand_levels_are_refused_as_well() {
        String text = "{\"a\":".repeat(100_000);

        ConfigException refused =
                catchThrowableOfType(ConfigException.class, () -> world.reader().read(text));

        assertThat(refused.problems())
                .containsExactly("line 1, column 252: broken JSON (expected: at most 50 levels of nesting)");
    }

    @Test
    void problems_found_before_it_breaks_are_told_too() {
        assertThat(world.problems("{'a': 1, 'a': 2, ]"))
                .containsExactly(
                        "a: given twice (expected: each key once)",
                        "line 1, column 18: broken JSON (expected: no comma before a closing bracket)");
    }
}
