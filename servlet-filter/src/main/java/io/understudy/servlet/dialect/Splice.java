package io.understudy.servlet.dialect;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes put together from others that stay as they are. */
final class Splice {
    private Splice() {}

    /** The bytes of a text of ASCII. */
    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** One after the other. */
    static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream(
                Arrays.stream(parts).mapToInt(part -> part.length).sum());
        for (byte[] part : parts) {
            whole.writeBytes(part);
        }
        return whole.toByteArray();
    }

    /** The original with a range of it replaced. */
    static byte[] replaced(byte[] original, Span range, byte[] replacement) {
        return joined(
                Arrays.copyOf(original, range.start()),
                replacement,
                Arrays.copyOfRange(original, range.end(), original.length));
    }
}
