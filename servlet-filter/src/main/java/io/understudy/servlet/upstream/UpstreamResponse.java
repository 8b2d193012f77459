package io.understudy.servlet.upstream;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/**
 * The head of a provider's answer, and its body still to come.
 *
 * @param headers by lower-case name
 * @param forCaller whether it was made for the caller rather than for the gateway, so that all of it is the caller's
 * @param content the body, read on demand: what is not asked for is not read from the network
 */
public record UpstreamResponse(
        int status, Map<String, List<String>> headers, boolean forCaller, Content.Source content) {
    /** The first value of a header, or null. */
    public @Nullable String header(String name) {
        List<String> values = headers.get(name);
        return values == null ? null : values.get(0);
    }

    /** The media type without its parameters, in lower case; empty if none was sent. */
    public String mediaType() {
        String type = header("content-type");
        return type == null ? "" : type.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
    }
}
