package io.understudy.servlet.testing;

import java.util.List;
import java.util.stream.Stream;

/**
 * The events of one stream, each with its blank line, in three parts.
 *
 * @param opening what comes before any content
 * @param content the deltas
 * @param ending finish reason, usage and the end marker
 */
public record Frames(List<String> opening, List<String> content, List<String> ending) {
    public Frames {
        opening = List.copyOf(opening);
        content = List.copyOf(content);
        ending = List.copyOf(ending);
    }

    /** All of them in order. */
    public List<String> all() {
        return Stream.of(opening, content, ending).flatMap(List::stream).toList();
    }

    /** All of them as one text. */
    public String text() {
        return String.join("", all());
    }
}
