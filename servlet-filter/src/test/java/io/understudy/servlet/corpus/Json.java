package io.understudy.servlet.corpus;

import java.util.Collection;
import java.util.stream.Collectors;

/** JSON put together by hand, every byte as it is written. */
final class Json {
    private Json() {}

    /** A string with no more escapes than it needs. */
    static String string(String text) {
        StringBuilder json = new StringBuilder("\"");
        text.chars().forEach(c -> json.append(escaped((char) c)));
        return json.append('"').toString();
    }

    /** A string of ASCII, as Python's {@code json.dumps} writes it. */
    static String ascii(String text) {
        StringBuilder json = new StringBuilder();
        string(text).chars().forEach(c -> json.append(c < 128 ? String.valueOf((char) c) : "\\u%04x".formatted(c)));
        return json.toString();
    }

    static String array(Collection<String> elements) {
        return elements.stream().collect(Collectors.joining(",", "[", "]"));
    }

    private static String escaped(char c) {
        return switch (c) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\t' -> "\\t";
            default -> c < ' ' ? "\\u%04x".formatted((int) c) : String.valueOf(c);
        };
    }
}
