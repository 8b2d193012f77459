package io.understudy.servlet.dialect;

import java.nio.charset.StandardCharsets;

/** Events for a stream reader, as the parser would give them. */
final class Events {
    private Events() {}

    /** An event with a name; empty for none. */
    static StreamEvent event(String name, String data) {
        String head = name.isEmpty() ? "data: " : "event: " + name + "\ndata: ";
        byte[] raw = (head + data + "\n\n").getBytes(StandardCharsets.UTF_8);
        int length = data.getBytes(StandardCharsets.UTF_8).length;
        return new StreamEvent(raw, name, raw, head.length(), length);
    }

    static StreamEvent event(String data) {
        return event("", data);
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
