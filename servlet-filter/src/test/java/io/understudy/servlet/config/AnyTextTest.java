package io.understudy.servlet.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a text is, reading it soon gives settings or a {@link ConfigException} with problems. */
class AnyTextTest {
    private static final String DOCUMENTED = DocumentedText.read();

    private final ReadOrRefused reading = new ReadOrRefused();

    @Property(tries = 500, seed = "1")
    void any_text(@ForAll String text) {
        reading.check(text);
    }

    @Property(tries = 500, seed = "2")
    void any_text_of_the_characters_of_json(@ForAll("jsonLike") String text) {
        reading.check(text);
    }

    @Provide
    Arbitrary<String> jsonLike() {
        return Arbitraries.strings()
                .withChars("{}[]\":,.-+eE0123456789truefalsn\\u \n")
                .ofMaxLength(60);
    }

    @Property(tries = 500, seed = "3", edgeCases = EdgeCasesMode.NONE)
    void any_json(@ForAll("objects") String text) {
        reading.check(text);
    }

    @Provide
    Arbitrary<String> objects() {
        return object(values(3));
    }

    private static Arbitrary<String> values(int depth) {
        Arbitrary<String> scalars = Arbitraries.of(Pieces.SCALARS);
        if (depth == 0) {
            return scalars;
        }
        Arbitrary<String> below = values(depth - 1);
        Arbitrary<String> lists = below.list().ofMaxSize(3).map(values -> "[" + String.join(",", values) + "]");
        return Arbitraries.oneOf(scalars, lists, object(below), object(below));
    }

    private static Arbitrary<String> object(Arbitrary<String> values) {
        return Arbitraries.maps(Arbitraries.of(Pieces.KEYS), values)
                .ofMaxSize(6)
                .map(AnyTextTest::written);
    }

    private static String written(Map<String, String> object) {
        return object.entrySet().stream()
                .map(entry -> '"' + entry.getKey() + "\":" + entry.getValue())
                .collect(Collectors.joining(",", "{", "}"));
    }

    @Property(tries = 500, seed = "4")
    void the_documented_example_with_characters_replaced(@ForAll("edits") String text) {
        reading.check(text);
    }

    @Provide
    Arbitrary<String> edits() {
        Arbitrary<Integer> places = Arbitraries.integers().between(0, DOCUMENTED.length());
        Arbitrary<String> pieces = Arbitraries.oneOf(
                Arbitraries.of(Pieces.SCALARS), Arbitraries.strings().ofMaxLength(3), Arbitraries.just(""));
        return Combinators.combine(places, Arbitraries.integers().between(0, 20), pieces)
                .as(AnyTextTest::edited);
    }

    private static String edited(int start, int length, String piece) {
        int end = Math.min(start + length, DOCUMENTED.length());
        return DOCUMENTED.substring(0, start) + piece + DOCUMENTED.substring(end);
    }

    @Property(tries = 200, seed = "5")
    void any_bytes_at_a_location(@ForAll byte[] bytes) {
        ScriptedWorld world = new ScriptedWorld();
        world.resources.put("/WEB-INF/understudy.json", bytes);
        List<String> problems = ReadOrRefused.problems(() -> world.reader().read());

        assertThat(problems).isNotEmpty();
    }
}
