package io.understudy.servlet.testing;

/**
 * The start line and header fields of an HTTP/1.1 message.
 *
 * @param startLine the request line or status line, exactly as it came
 * @param headers the fields in their order
 */
public record MessageHead(String startLine, Headers headers) {
    /** The method of a request. */
    public String method() {
        return part(0);
    }

    /** The target of a request: path and query as they were sent. */
    public String target() {
        return part(1);
    }

    /** The status of a response. */
    public int status() {
        return Integer.parseInt(part(1));
    }

    private String part(int index) {
        return startLine.split(" ", 3)[index];
    }
}
