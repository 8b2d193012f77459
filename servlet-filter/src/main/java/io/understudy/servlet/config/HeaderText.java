package io.understudy.servlet.config;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What can stand in an HTTP header field (RFC 9110, 5.1 and 5.5, without the obsolete non-ASCII text). */
final class HeaderText {
    /** What a message says about a credential. */
    static final String CREDENTIAL_FORM = "visible ASCII characters without white space";

    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern VALUE = Pattern.compile("[!-~]([\\t -~]*[!-~])?");
    private static final Pattern CREDENTIAL = Pattern.compile("[!-~]+");
    private static final Set<String> OF_THE_CONNECTION = Set.of(
            "connection",
            "content-length",
            "expect",
            "host",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");
    private static final Set<String> OF_THE_CALLER = Set.of("authorization", "x-api-key", "api-key", "cookie");

    private HeaderText() {}

    /** Whether it is a name of a header that may be configured at all: not one that belongs to the connection. */
    static boolean isName(String name) {
        return NAME.matcher(name).matches() && !OF_THE_CONNECTION.contains(lower(name));
    }

    /** Whether it is the name of a caller's header that may be sent to a provider. */
    static boolean isForwardable(String name) {
        String lower = lower(name);
        return isName(name) && !OF_THE_CALLER.contains(lower) && !lower.startsWith("x-understudy-");
    }

    /** The form in which names of headers are compared. */
    static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** Whether it can be the value of a header. */
    static boolean isValue(String value) {
        return VALUE.matcher(value).matches();
    }

    /** Whether it can be a credential: a value without white space. */
    static boolean isCredential(String value) {
        return CREDENTIAL.matcher(value).matches();
    }
}
