package io.understudy.servlet.config;

import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonPointer;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.io.StringReader;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/**
 * A valid configuration with up to three values or keys replaced is read or refused: this gets behind the first checks.
 */
class MutatedExampleTest {
    private static final JsonProvider JSON = ConfigBinding.json();

    private final ReadOrRefused reading = new ReadOrRefused();

    @Property(tries = 2000, seed = "1", edgeCases = EdgeCasesMode.NONE)
    void is_read_or_refused(@ForAll("mutants") String text) {
        Statistics.collect(reading.check(text).isEmpty());
        Statistics.coverage(coverage -> {
            coverage.check(true).percentage(share -> share > 10);
            coverage.check(false).percentage(share -> share > 10);
        });
    }

    @Provide
    Arbitrary<String> mutants() {
        JsonObject documented =
                JSON.createReader(new StringReader(DocumentedText.read())).readObject();
        Arbitrary<String> places = Arbitraries.of(places("", documented).toList());
        Arbitrary<UnaryOperator<JsonObject>> values =
                Combinators.combine(places, Arbitraries.of(Pieces.SCALARS)).as(MutatedExampleTest::replacingValue);
        Arbitrary<UnaryOperator<JsonObject>> keys =
                Combinators.combine(places, Arbitraries.of(Pieces.KEYS)).as(MutatedExampleTest::replacingKey);
        return Arbitraries.oneOf(values, keys).list().ofMaxSize(3).map(mutations -> mutant(documented, mutations));
    }

    private static String mutant(JsonObject documented, List<UnaryOperator<JsonObject>> mutations) {
        JsonObject mutant = documented;
        for (UnaryOperator<JsonObject> mutation : mutations) {
            try {
                mutant = mutation.apply(mutant);
            } catch (JsonException nothingThere) {
                // An earlier mutation has removed the place of this one, or it renames a key in a list.
            }
        }
        return mutant.toString();
    }

    /** JSON pointers to everything in {@code value}. */
    private static Stream<String> places(String path, JsonValue value) {
        if (value instanceof JsonObject object) {
            return object.entrySet().stream().flatMap(entry -> below(path + "/" + entry.getKey(), entry.getValue()));
        }
        return value instanceof JsonArray array
                ? IntStream.range(0, array.size()).boxed().flatMap(i -> below(path + "/" + i, array.get(i)))
                : Stream.empty();
    }

    private static Stream<String> below(String path, JsonValue value) {
        return Stream.concat(Stream.of(path), places(path, value));
    }

    private static UnaryOperator<JsonObject> replacingValue(String place, String scalar) {
        JsonValue value = JSON.createReader(new StringReader(scalar)).readValue();
        return object -> JSON.createPointer(place).replace(object, value);
    }

    private static UnaryOperator<JsonObject> replacingKey(String place, String key) {
        JsonPointer from = JSON.createPointer(place);
        JsonPointer to = JSON.createPointer(place.substring(0, place.lastIndexOf('/') + 1) + key);
        return object -> to.add(from.remove(object), from.getValue(object));
    }
}
