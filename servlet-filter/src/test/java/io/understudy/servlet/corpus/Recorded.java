package io.understudy.servlet.corpus;

import java.util.List;

/**
 * A whole stream as a provider sends it.
 *
 * @param name what is special about it
 * @param path the endpoint, below the prefix
 * @param events each with its blank line, in order
 */
public record Recorded(String name, String path, List<String> events) {
    public Recorded {
        events = List.copyOf(events);
    }

    static Recorded of(String name, String path, Framing framing, List<Framing.Event> events) {
        return new Recorded(name + ", " + framing, path, framing.of(events));
    }

    /** All of it. */
    public String text() {
        return String.join("", events);
    }

    @Override
    public String toString() {
        return path + " " + name;
    }
}
