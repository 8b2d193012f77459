package io.understudy.servlet.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Whether traffic to a host stays in a private network, judged by how it is written; nothing is looked up. Private are
 * loopback, link-local and site-local addresses (RFC 1918, RFC 4193), names without a dot, and names under the usual
 * private domains.
 */
final class HostReach {
    private static final List<String> PRIVATE_DOMAINS =
            List.of(".localhost", ".local", ".internal", ".lan", ".home.arpa", ".svc", ".test");
    private static final Pattern IPV4 =
            Pattern.compile("(25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}");

    private HostReach() {}

    /** {@code host} is what {@link java.net.URI#getHost()} gives: an IPv6 address stands in brackets. */
    static boolean isPrivate(String host) {
        boolean address = host.startsWith("[") || IPV4.matcher(host).matches();
        return address ? isPrivateAddress(host) : isPrivateName(host);
    }

    private static boolean isPrivateName(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return !name.contains(".") || PRIVATE_DOMAINS.stream().anyMatch(name::endsWith);
    }

    private static boolean isPrivateAddress(String literal) {
        try {
            InetAddress address = InetAddress.getByName(literal);
            return address.isLoopbackAddress()
                    || address.isSiteLocalAddress()
                    || address.isLinkLocalAddress()
                    || isUniqueLocal(address.getAddress());
        } catch (UnknownHostException malformed) {
            return false;
        }
    }

    private static boolean isUniqueLocal(byte[] address) {
        return address.length == 16 && (address[0] & 0xFE) == 0xFC;
    }
}
