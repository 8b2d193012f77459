package io.understudy.servlet.admin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The page for people: one HTML file that loads nothing. Its policy lets the browser run this one script, use this one
 * style sheet and ask this server, and nothing else.
 *
 * @param html the file
 * @param policy the value of {@code Content-Security-Policy}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Page(byte[] html, String policy) {
    static Page load() {
        try (InputStream file = Page.class.getResourceAsStream("page.html")) {
            if (file == null) {
                throw new IllegalStateException("page.html is not beside its class");
            }
            byte[] html = file.readAllBytes();
            String text = new String(html, StandardCharsets.UTF_8);
            return new Page(
                    html,
                    "default-src 'none'; script-src " + source(text, "script") + "; style-src " + source(text, "style")
                            + "; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none';"
                            + " frame-ancestors 'none'");
        } catch (IOException e) {
            throw new UncheckedIOException("page.html cannot be read", e);
        }
    }

    /** What a policy calls the content of the only element of this name. */
    private static String source(String html, String element) {
        int start = html.indexOf("<" + element + ">") + element.length() + 2;
        String content = html.substring(start, html.indexOf("</" + element + ">", start));
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing (expected: in every Java platform)", e);
        }
    }
}
