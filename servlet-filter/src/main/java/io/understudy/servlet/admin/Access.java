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
 * <tr><th>adminKey</th><th>shown</th><th>adminOpenOnLoopback, and the caller is local</th><th>otherwise</th></tr>
 * <tr><td>none</td><td>anything</td><td>{@link #GRANTED}</td><td>{@link #HIDDEN}</td></tr>
 * <tr><td>set</td><td>nothing</td><td>{@link #GRANTED}</td><td>{@link #REFUSED}</td></tr>
 * <tr><td>set</td><td>it</td><td>{@link #GRANTED}</td><td>{@link #GRANTED}</td></tr>
 * <tr><td>set</td><td>another</td><td>{@link #REFUSED}</td><td>{@link #REFUSED}</td></tr>
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
        Secret key = settings.adminKey();
        String authorization = request.getHeader("Authorization");
        if ((key == null || authorization == null) && settings.adminOpenOnLoopback() && isLocal(request)) {
            return GRANTED;
        }
        if (key == null) {
            return HIDDEN;
        }
        return authorization != null && shows(authorization, key) ? GRANTED : REFUSED;
    }

    /** Compared in constant time, as secrets are. */
    private static boolean shows(String authorization, Secret key) {
        return authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)
                && key.equals(
                        new Secret(authorization.substring(BEARER.length()).trim()));
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
