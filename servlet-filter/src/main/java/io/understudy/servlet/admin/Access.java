package io.understudy.servlet.admin;

import io.understudy.servlet.config.Secret;
import io.understudy.servlet.config.Settings;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Who may look.
 *
 * <table>
 * <caption>Decision</caption>
 * <tr><th>adminOpenOnLoopback and the caller is local</th><th>adminKey</th><th>shown</th><th>decision</th></tr>
 * <tr><td>yes</td><td>any</td><td>nothing</td><td>{@link #GRANTED}</td></tr>
 * <tr><td>any</td><td>none</td><td>any</td><td>{@link #HIDDEN}, but for the row above</td></tr>
 * <tr><td>any</td><td>set</td><td>it</td><td>{@link #GRANTED}</td></tr>
 * <tr><td>any</td><td>set</td><td>nothing or another</td><td>{@link #REFUSED}, but for the first row</td></tr>
 * </table>
 *
 * <p>A caller is local if its address is a loopback one, no header tells of a proxy, and it calls this machine by a name
 * that no other can have: a page of somebody else's, whose name was made to point here, must not read along (DNS
 * rebinding).
 */
enum Access {
    /** May look. */
    GRANTED,
    /** Must show the key: 401. */
    REFUSED,
    /** There is nothing here: 404. */
    HIDDEN;

    private static final String BEARER = "bearer ";
    private static final Set<String> LOCAL_HOSTS = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final Set<String> OF_PROXIES = Set.of("forwarded", "via", "x-real-ip");

    static Access of(HttpServletRequest request, Settings settings) {
        String authorization = request.getHeader("Authorization");
        if (settings.adminOpenOnLoopback() && authorization == null && isLocal(request)) {
            return GRANTED;
        }
        Secret key = settings.adminKey();
        if (key == null) {
            return settings.adminOpenOnLoopback() && isLocal(request) ? GRANTED : HIDDEN;
        }
        return authorization != null
                        && authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)
                        && key.equals(new Secret(
                                authorization.substring(BEARER.length()).trim()))
                ? GRANTED
                : REFUSED;
    }

    private static boolean isLocal(HttpServletRequest request) {
        return isLoopback(request.getRemoteAddr())
                && LOCAL_HOSTS.contains(host(request))
                && Collections.list(request.getHeaderNames()).stream()
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .noneMatch(name -> OF_PROXIES.contains(name) || name.startsWith("x-forwarded-"));
    }

    /** The Host header without its port; what the server makes of it may be a proxy's word. Empty unless there is one. */
    private static String host(HttpServletRequest request) {
        List<String> hosts = Collections.list(request.getHeaders("Host"));
        return hosts.size() == 1 ? hosts.get(0).toLowerCase(Locale.ROOT).trim().replaceFirst(":[0-9]*$", "") : "";
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
