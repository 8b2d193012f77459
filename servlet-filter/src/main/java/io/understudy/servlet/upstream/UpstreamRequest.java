package io.understudy.servlet.upstream;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * One call to a provider. The headers hold credentials and never appear in {@link #toString()}.
 *
 * @param headers by name, in the order in which they are sent
 * @param silence how long the connection may stay silent before the transport itself gives up; longer than every timer
 *     of the exchange, which is what really decides
 * @param freshConnection whether it must not go over a connection that was used before
 */
public record UpstreamRequest(
        String method,
        URI uri,
        Map<String, String> headers,
        UpstreamBody body,
        Duration silence,
        boolean freshConnection) {
    @Override
    public String toString() {
        return method + " " + uri.getHost();
    }
}
