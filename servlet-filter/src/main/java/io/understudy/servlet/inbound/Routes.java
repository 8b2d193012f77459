package io.understudy.servlet.inbound;

import io.understudy.servlet.dialect.ChatDialect;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which requests are the gateway's: a prefix, optionally {@code /v1}, a path of the table, and {@code POST}. Everything
 * else belongs to the host application. Immutable.
 */
public final class Routes {
    private static final Map<String, Endpoint> ENDPOINTS =
            Map.of("/chat/completions", new Endpoint("/chat/completions", new ChatDialect(), true));

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
     * context, and an exact pattern the path before the endpoint it names.
     */
    public static Routes mapped(Collection<String> urlPatterns) {
        TreeSet<String> prefixes = new TreeSet<>();
        for (String pattern : urlPatterns) {
            if (pattern.endsWith("/*")) {
                prefixes.add(pattern.substring(0, pattern.length() - 2));
            } else {
                ENDPOINTS.keySet().stream()
                        .filter(pattern::endsWith)
                        .forEach(path -> prefixes.add(pattern.substring(0, pattern.length() - path.length())));
            }
        }
        return new Routes(prefixes);
    }

    /** The endpoint that a request means, or null if it is not the gateway's. */
    public @Nullable InboundRequest match(HttpServletRequest request) {
        if (!request.getMethod().equals("POST")) {
            return null;
        }
        String path = path(request);
        for (String prefix : prefixes) {
            Endpoint endpoint = path.startsWith(prefix) ? endpoint(path.substring(prefix.length())) : null;
            if (endpoint != null) {
                return InboundRequest.of(request, endpoint);
            }
        }
        return null;
    }

    private static @Nullable Endpoint endpoint(String path) {
        Endpoint endpoint = ENDPOINTS.get(path);
        return endpoint == null && path.startsWith("/v1/") ? ENDPOINTS.get(path.substring(3)) : endpoint;
    }

    /** The path below the context: from the URI, because Open Liberty fills path info where others fill servlet path. */
    private static String path(HttpServletRequest request) {
        String uri = request.getRequestURI().substring(request.getContextPath().length());
        if (uri.indexOf('%') < 0) {
            return uri;
        }
        try {
            return URLDecoder.decode(uri.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return uri;
        }
    }
}
