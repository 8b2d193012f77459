package io.understudy.servlet.testing;

import java.nio.charset.StandardCharsets;

/** A request exactly as a {@link ScriptedUpstream} received it, and on which connection. */
public final class ReceivedRequest {
    private final MessageHead head;
    private final byte[] body;
    private final int connection;
    private final boolean reused;
    private final long atNanos = System.nanoTime();

    ReceivedRequest(MessageHead head, byte[] body, int connection, boolean reused) {
        this.head = head;
        this.body = body.clone();
        this.connection = connection;
        this.reused = reused;
    }

    /** The first line: {@code POST /v1/chat/completions HTTP/1.1}. */
    public String requestLine() {
        return head.startLine();
    }

    /** Path and query. */
    public String target() {
        return head.target();
    }

    /** The header fields in the order they came. */
    public Headers headers() {
        return head.headers();
    }

    /** The body's bytes without their transfer coding; none where the script did not read it. */
    public byte[] body() {
        return body.clone();
    }

    /** The body as UTF-8. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** The number of the connection it came on; the first connection is 1. */
    public int connection() {
        return connection;
    }

    /** Whether an earlier request had come on the same connection. */
    public boolean reused() {
        return reused;
    }

    /** When it was complete, on the clock of {@link System#nanoTime()}. */
    public long atNanos() {
        return atNanos;
    }

    @Override
    public String toString() {
        return "%s on connection %d%s, %d bytes of body"
                .formatted(requestLine(), connection, reused ? " (reused)" : "", body.length);
    }
}
