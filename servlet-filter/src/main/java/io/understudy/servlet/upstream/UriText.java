package io.understudy.servlet.upstream;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Text in a URI. */
final class UriText {
    /** What {@code java.net.URI} takes in a query, escapes aside. */
    private static final Pattern NOT_ALLOWED =
            Pattern.compile("%(?![0-9A-Fa-f]{2})|[^A-Za-z0-9\\-._~!$&'()*+,;=:@/?%\\[\\]]");

    private UriText() {}

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** The text as it came, with only that escaped which can't stand in a URI. */
    static String escaped(String raw) {
        return NOT_ALLOWED.matcher(raw).replaceAll(match -> encoded(match.group())
                .replace("+", "%20"));
    }
}
