package io.understudy.servlet.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** The example of the documentation, as a text. */
final class DocumentedText {
    private DocumentedText() {}

    static String read() {
        try (InputStream example = DocumentedText.class.getResourceAsStream("/config/documented.json")) {
            return new String(Objects.requireNonNull(example).readAllBytes(), UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
