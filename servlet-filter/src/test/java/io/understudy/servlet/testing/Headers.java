package io.understudy.servlet.testing;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The header fields of an HTTP message, in the order and the spelling they were sent in.
 *
 * @param fields the fields, first one first
 */
public record Headers(List<Field> fields) {
    public Headers {
        fields = List.copyOf(fields);
    }

    /**
     * The fields given as names and values in turn.
     *
     * @param namesAndValues an even number of strings
     */
    public static Headers of(String... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException(
                    "%d strings (expected: names and values in turn)".formatted(namesAndValues.length));
        }
        return new Headers(IntStream.range(0, namesAndValues.length / 2)
                .mapToObj(i -> new Field(namesAndValues[2 * i], namesAndValues[2 * i + 1]))
                .toList());
    }

    /** The first value under a name, of whatever case. */
    public Optional<String> first(String name) {
        return all(name).stream().findFirst();
    }

    /** Every value under a name, of whatever case. */
    public List<String> all(String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Field::value)
                .toList();
    }

    /**
     * The values by their names in lower case.
     *
     * @throws AssertionError if a name comes twice
     */
    public Map<String, String> byName() {
        return fields.stream()
                .collect(Collectors.toMap(
                        field -> field.name().toLowerCase(Locale.ROOT),
                        Field::value,
                        Headers::refuseSecond,
                        TreeMap::new));
    }

    /** The fields as they stand on the wire, each with its line end. */
    String onTheWire() {
        StringBuilder lines = new StringBuilder();
        fields.forEach(field ->
                lines.append(field.name()).append(": ").append(field.value()).append("\r\n"));
        return lines.toString();
    }

    private static String refuseSecond(String first, String second) {
        throw new AssertionError("one name for '%s' and '%s'".formatted(first, second));
    }

    /**
     * One header field.
     *
     * @param name as it was spelled
     * @param value without surrounding white space
     */
    public record Field(String name, String value) {
        static Field parse(String line) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new IllegalArgumentException("header line: '%s' (expected: name: value)".formatted(line));
            }
            return new Field(line.substring(0, colon), line.substring(colon + 1).strip());
        }
    }
}
