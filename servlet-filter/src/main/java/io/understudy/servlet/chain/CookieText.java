package io.understudy.servlet.chain;

import jakarta.servlet.http.Cookie;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A cookie as {@code Set-Cookie} has it (RFC 6265, 4.1.1). */
final class CookieText {
    private static final Set<String> FLAGS = Set.of("secure", "httponly", "partitioned");

    private CookieText() {}

    static String of(Cookie cookie) {
        StringBuilder text = new StringBuilder(cookie.getName()).append('=');
        text.append(cookie.getValue() == null ? "" : cookie.getValue());
        for (Map.Entry<String, String> attribute : cookie.getAttributes().entrySet()) {
            boolean flag = FLAGS.contains(attribute.getKey().toLowerCase(Locale.ROOT));
            if (!flag) {
                text.append("; ").append(attribute.getKey()).append('=').append(attribute.getValue());
            } else if (!"false".equals(attribute.getValue())) {
                text.append("; ").append(attribute.getKey());
            }
        }
        return text.toString();
    }
}
