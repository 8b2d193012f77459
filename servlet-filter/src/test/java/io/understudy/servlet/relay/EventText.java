package io.understudy.servlet.relay;

import io.understudy.servlet.dialect.StreamEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An event as a reader of the standard sees it. {@link #bySpecification} is the standard's own algorithm, written down
 * without regard to speed, for comparison with the parser.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation">WHATWG</a>
 */
record EventText(String name, String data) {
    static EventText of(StreamEvent event) {
        return new EventText(
                event.name(), new String(event.buffer(), event.offset(), event.length(), StandardCharsets.UTF_8));
    }

    static List<EventText> bySpecification(String stream) {
        String text = stream.startsWith("\uFEFF") ? stream.substring(1) : stream;
        List<EventText> events = new ArrayList<>();
        String name = "";
        StringBuilder data = new StringBuilder();
        for (String line : wholeLines(text)) {
            int colon = line.indexOf(':');
            String field = colon < 0 ? line : line.substring(0, colon);
            String value = colon < 0 ? "" : line.substring(colon + 1);
            String stripped = value.startsWith(" ") ? value.substring(1) : value;
            if (line.isEmpty()) {
                if (!data.isEmpty()) {
                    events.add(new EventText(name, data.substring(0, data.length() - 1)));
                }
                name = "";
                data.setLength(0);
            } else if (field.equals("event")) {
                name = stripped;
            } else if (field.equals("data")) {
                data.append(stripped).append('\n');
            }
        }
        return events;
    }

    /** The lines that were ended; what comes after the last line end is not one. */
    private static List<String> wholeLines(String text) {
        String[] parts = text.split("\r\n|\n|\r", -1);
        return List.of(parts).subList(0, parts.length - 1);
    }
}
