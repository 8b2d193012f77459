package io.understudy.servlet.dialect;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/**
 * A range of bytes, such as those of one JSON value.
 *
 * @param start the offset of its first byte, counted from where the parser began
 * @param end the offset after its last byte
 */
record Span(int start, int end) {
    /** The bytes of the value on which the parser stands; it stands on the value's last token afterwards. */
    static Span of(JsonParser json) throws IOException {
        int start = startOf(json);
        json.skipChildren();
        return new Span(start, endOf(json));
    }

    /** Where the token on which the parser stands begins. */
    static int startOf(JsonParser json) {
        return (int) json.currentTokenLocation().getByteOffset();
    }

    /** Where the token on which the parser stands ends. */
    static int endOf(JsonParser json) throws IOException {
        json.finishToken();
        return (int) json.currentLocation().getByteOffset();
    }

    int length() {
        return end - start;
    }
}
