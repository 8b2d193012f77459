package io.understudy.servlet.inbound;

import io.understudy.servlet.dialect.Endpoint;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of what is needed of the caller's request, taken in the container's thread: Open Liberty gives another
 * request's values to whoever asks later.
 *
 * @param path below the prefix, as the endpoint's is
 * @param query the query string without its leading {@code ?}, or null
 * @param headers by lower-case name
 * @param requestId the caller's {@code X-Request-Id} if it is sane, else a new one
 * @param contentLength as announced, -1 if it was not
 */
public record InboundRequest(
        Endpoint endpoint,
        String path,
        @Nullable String query,
        Map<String, List<String>> headers,
        String requestId,
        long contentLength) {
    private static final Pattern SANE_ID = Pattern.compile("[A-Za-z0-9._:/+=-]{1,128}");

    static InboundRequest of(HttpServletRequest request, Endpoint endpoint, String path) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (String name : Collections.list(request.getHeaderNames())) {
            headers.put(name.toLowerCase(Locale.ROOT), Collections.list(request.getHeaders(name)));
        }
        return new InboundRequest(
                endpoint,
                path,
                request.getQueryString(),
                headers,
                requestId(request.getHeader("x-request-id")),
                request.getContentLengthLong());
    }

    /** The first value of a header, or null. */
    public @Nullable String header(String name) {
        List<String> values = headers.get(name);
        return values == null || values.isEmpty() ? null : values.get(0);
    }

    /** What the path names where the endpoint's has a variable, or null. */
    public @Nullable String variable() {
        return endpoint.variable(path);
    }

    /** Whether the query gives a parameter this value. */
    public boolean asksInQuery(String name, String value) {
        return query != null && List.of(query.split("&", -1)).contains(name + "=" + value);
    }

    private static String requestId(@Nullable String callers) {
        return callers != null && SANE_ID.matcher(callers).matches()
                ? callers
                : UUID.randomUUID().toString();
    }
}
