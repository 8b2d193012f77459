package io.understudy.servlet.testing;

import java.nio.charset.StandardCharsets;

/** A whole HTTP response as a {@link RawCaller} received it. */
public final class RawAnswer {
    private final MessageHead head;
    private final byte[] body;

    RawAnswer(MessageHead head, byte[] body) {
        this.head = head;
        this.body = body.clone();
    }

    /** The status. */
    public int status() {
        return head.status();
    }

    /** The header fields in the order they came. */
    public Headers headers() {
        return head.headers();
    }

    /** The body's bytes without their transfer coding. */
    public byte[] body() {
        return body.clone();
    }

    /** The body as UTF-8. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "%s %s%n%s".formatted(head.startLine(), head.headers(), text());
    }
}
