package io.understudy.servlet.inbound;

import io.understudy.servlet.dialect.Dialects;
import io.understudy.servlet.dialect.Endpoint;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which requests are the gateway's: a prefix, optionally {@code /v1}, and an endpoint of a dialect. Everything else
 * belongs to the host application. Immutable.
 */
public final class Routes {
    private static final String VERSION = "/v1";
    private static final String ENCODED_SLASH = "%2F";

    private final List<String> prefixes;

    private Routes(Collection<String> prefixes) {
        this.prefixes = List.copyOf(prefixes);
    }

    /** Routes below one path, such as {@code /llm/v1}; empty or {@code /} for the whole context. */
    public static Routes below(String basePath) {
        String slashed = basePath.startsWith("/") ? basePath : "/" + basePath;
        return new Routes(List.of(slashed.replaceAll("/+$", "")));
    }

    /**
     * Routes below the prefixes of a filter's URL patterns: {@code /v1/*} means {@code /v1}, {@code /*} the whole
     * context, and a pattern that names an endpoint, with or without {@code /*}, the path before it.
     */
    public static Routes mapped(Collection<String> urlPatterns) {
        TreeSet<String> prefixes = new TreeSet<>();
        for (String pattern : urlPatterns) {
            boolean open = pattern.endsWith("/*");
            String path = open ? pattern.substring(0, pattern.length() - 2) : pattern;
            if (open) {
                prefixes.add(path);
            }
            Dialects.endpoints().stream()
                    .map(Endpoint::path)
                    .filter(path::endsWith)
                    .forEach(named -> prefixes.add(path.substring(0, path.length() - named.length())));
        }
        return new Routes(prefixes);
    }

    /** What a request asks of the gateway, or null if it is none of its business. */
    public @Nullable InboundRequest match(HttpServletRequest request) {
        String path = path(request);
        for (String prefix : prefixes) {
            InboundRequest found = path.startsWith(prefix) ? below(path.substring(prefix.length()), request) : null;
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static @Nullable InboundRequest below(String rest, HttpServletRequest request) {
        InboundRequest found = endpoint(rest, request);
        return found == null && rest.startsWith(VERSION + "/")
                ? endpoint(rest.substring(VERSION.length()), request)
                : found;
    }

    private static @Nullable InboundRequest endpoint(String path, HttpServletRequest request) {
        return Dialects.endpoints().stream()
                .filter(endpoint -> endpoint.matches(request.getMethod(), path))
                .filter(endpoint -> endpoint.onlyWith() == null || request.getHeader(endpoint.onlyWith()) != null)
                .findFirst()
                .map(endpoint -> InboundRequest.of(request, endpoint, path.replace(ENCODED_SLASH, "/")))
                .orElse(null);
    }

    /**
     * The path below the context: from the URI, because Open Liberty fills path info where others fill servlet path. An
     * encoded slash stays one: the servers that let it through do not take it for a separator when they look for the
     * security constraint of a path, so it must not lead to an endpoint either.
     */
    private static String path(HttpServletRequest request) {
        String uri = request.getRequestURI().substring(request.getContextPath().length());
        if (uri.indexOf('%') < 0) {
            return uri;
        }
        try {
            String slashesKept = uri.replace("+", "%2B").replaceAll("(?i)%2F", "%252F");
            return URLDecoder.decode(slashesKept, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return uri;
        }
    }
}
