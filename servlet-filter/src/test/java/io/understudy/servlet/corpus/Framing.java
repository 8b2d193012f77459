package io.understudy.servlet.corpus;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** How a sender of server-sent events writes them: all of these mean the same. */
enum Framing {
    /** As OpenAI and Anthropic do. */
    PLAIN("\n", ": "),
    /** As servers on Windows and some proxies do. */
    CRLF("\r\n", ": "),
    /** As hardly anybody does. */
    CR("\r", ": "),
    /** Without the blank that may be left out. */
    TIGHT("\n", ":"),
    /** With comments, ids and reconnection times between. */
    CHATTY("\n", ": "),
    /** With a byte order mark at the start. */
    MARKED("\n", ": ");

    private final String lineEnd;
    private final String colon;

    Framing(String lineEnd, String colon) {
        this.lineEnd = lineEnd;
        this.colon = colon;
    }

    /** The events of a stream, each with its blank line. */
    List<String> of(List<Event> events) {
        return IntStream.range(0, events.size())
                .mapToObj(i -> of(events.get(i), i))
                .toList();
    }

    private String of(Event event, int number) {
        StringBuilder block = new StringBuilder();
        if (this == MARKED && number == 0) {
            block.append('\uFEFF');
        }
        if (this == CHATTY) {
            block.append(": PROCESSING ").append(number).append(lineEnd).append(lineEnd);
            block.append("id: ")
                    .append(number)
                    .append(lineEnd)
                    .append("retry: 3000")
                    .append(lineEnd);
        }
        if (event.name() != null) {
            block.append("event").append(colon).append(event.name()).append(lineEnd);
        }
        event.data()
                .lines()
                .forEach(line -> block.append("data").append(colon).append(line).append(lineEnd));
        return block.append(lineEnd).toString();
    }

    /**
     * One event.
     *
     * @param name null if it has none
     * @param data on one line or on several
     */
    record Event(@Nullable String name, String data) {
        static Event of(String data) {
            return new Event(null, data);
        }
    }
}
