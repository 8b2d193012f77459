package io.understudy.servlet.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/** A text read whole, bounded, as strict UTF-8; a byte order mark at its start is dropped. */
final class Utf8Text {
    private Utf8Text() {}

    /**
     * Reads {@code input} to its end and closes it.
     *
     * @throws IOException if it cannot be read, is longer than {@code maxBytes}, or is not UTF-8; the message never
     *     contains anything of the text
     */
    static String read(InputStream input, int maxBytes) throws IOException {
        try (input) {
            byte[] bytes = input.readNBytes(maxBytes + 1);
            if (bytes.length > maxBytes) {
                throw new IOException("longer than " + maxBytes + " bytes");
            }
            return decode(bytes);
        }
    }

    private static String decode(byte[] bytes) throws IOException {
        try {
            String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException malformed) {
            throw new IOException("not UTF-8", malformed);
        }
    }
}
