package io.understudy.servlet.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** A URL of the configuration that can be called: {@code http} or {@code https}, absolute, and nothing secret in it. */
final class Address {
    /** What a message says about a base URL. */
    static final String BASE = "an absolute http or https URL such as https://api.openai.com/v1";

    private static final String BARE = "a URL without user info, query and fragment; parameters belong into \"query\","
            + " credentials into \"apiKey\" or \"headers\"";
    private static final Pattern SECRET_PARTS = Pattern.compile("[@?#]");
    private static final Pattern TRAILING_SLASHES = Pattern.compile("/+$");
    private static final int MAX_PORT = 65_535;

    private Address() {}

    /**
     * The base URL of a provider, its trailing slash removed; empty if {@code text} is none, which is a problem then.
     */
    static Optional<URI> base(KeyPath path, String text, Problems problems) {
        if (!isPlain(path, text, problems)) {
            return Optional.empty();
        }
        Optional<URI> base = parse(TRAILING_SLASHES.matcher(text).replaceFirst(""));
        if (base.isEmpty()) {
            problems.add(path, BASE);
        }
        return base;
    }

    /** A proxy, {@code http://host:port}; empty if {@code text} is none, which is a problem then. */
    static Optional<URI> proxy(KeyPath path, String text, Problems problems) {
        if (!isPlain(path, text, problems)) {
            return Optional.empty();
        }
        Optional<URI> proxy = parse(TRAILING_SLASHES.matcher(text).replaceFirst(""))
                .filter(uri -> uri.getPort() > 0 && uri.getRawPath().isEmpty());
        if (proxy.isEmpty()) {
            problems.add(path, "a proxy such as http://proxy.local:3128");
        }
        return proxy;
    }

    /** Whether nothing in it can hold a secret. What can is refused without being shown. */
    private static boolean isPlain(KeyPath path, String text, Problems problems) {
        boolean plain = !SECRET_PARTS.matcher(text).find();
        if (!plain) {
            problems.add(path, "(not shown)", BARE);
        }
        return plain;
    }

    private static Optional<URI> parse(String text) {
        try {
            return Optional.of(new URI(text)).filter(Address::isCallable);
        } catch (URISyntaxException malformed) {
            return Optional.empty();
        }
    }

    private static boolean isCallable(URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        return (scheme.equals("http") || scheme.equals("https"))
                && uri.getHost() != null
                && uri.getPort() != 0
                && uri.getPort() <= MAX_PORT
                && uri.toString().chars().allMatch(character -> character < 0x7F);
    }
}
