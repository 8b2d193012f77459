package io.understudy.servlet.upstream;

import io.understudy.servlet.config.ProviderSettings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Which headers pass, in both directions: only those that are named here or in {@code headers.forward}. Credentials are
 * the provider's own, and are added last. Immutable.
 */
public final class HeaderRules {
    private static final List<String> UP = List.of(
            "accept",
            "user-agent",
            "anthropic-version",
            "anthropic-beta",
            "openai-beta",
            "idempotency-key",
            "x-request-id",
            "traceparent",
            "tracestate",
            "baggage");

    /** Never passed up, whatever the configuration says: the caller's secrets, and what belongs to one connection. */
    private static final Set<String> NEVER = Set.of(
            "authorization",
            "x-api-key",
            "api-key",
            "cookie",
            "host",
            "content-length",
            "content-encoding",
            "content-type",
            "accept-encoding",
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "expect");

    private static final String OUR_OWN = "x-understudy-";

    /**
     * How many characters of headers pass down with an answer. Containers give up on an answer whose head is longer than 8
     * KiB (Tomcat, Jetty), which the caller would pay for; the longest known, Anthropic's, are below 2 KiB.
     */
    private static final int ROOM_DOWN = 4 * 1024;

    private static final int LONGEST_ID = 256;

    private final List<String> passing;

    /** The rules with further names to pass up, in lower case. */
    public HeaderRules(List<String> forward) {
        List<String> names = new ArrayList<>(UP);
        names.addAll(forward);
        names.removeIf(name -> NEVER.contains(name) || name.startsWith(OUR_OWN));
        this.passing = List.copyOf(names);
    }

    /**
     * The headers of a call to a provider.
     *
     * @param callers by lower-case name
     */
    public Map<String, String> up(Map<String, List<String>> callers, ProviderSettings provider) {
        Set<String> connection = namedIn(callers.getOrDefault("connection", List.of()));
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("user-agent", "understudy");
        for (String name : passing) {
            List<String> values = callers.get(name);
            if (values != null && !connection.contains(name)) {
                headers.put(name, String.join(", ", values));
            }
        }
        Credentials.add(provider, headers);
        return headers;
    }

    /** The headers of an upstream's answer that the caller gets; what there is no room for is left out. */
    public static Map<String, List<String>> down(Map<String, List<String>> upstream) {
        Set<String> connection = namedIn(upstream.getOrDefault("connection", List.of()));
        Map<String, List<String>> headers = new LinkedHashMap<>();
        int room = ROOM_DOWN;
        for (Map.Entry<String, List<String>> header : upstream.entrySet()) {
            String name = header.getKey();
            if (passesDown(name) && !connection.contains(name)) {
                String value = String.join(", ", header.getValue());
                int size = name.length() + value.length();
                if (size <= room) {
                    room -= size;
                    headers.put(name, List.of(value));
                }
            } else if (isRequestId(name) && header.getValue().get(0).length() <= LONGEST_ID) {
                headers.put(
                        "X-Understudy-Upstream-Request-Id",
                        List.of(header.getValue().get(0)));
            }
        }
        return headers;
    }

    /** The headers of an answer that was made for the caller: all but those that the way it takes now decides. */
    public static Map<String, List<String>> ofCallers(Map<String, List<String>> application) {
        Map<String, List<String>> headers = new LinkedHashMap<>(application);
        headers.keySet().removeAll(NEVER);
        return headers;
    }

    private static boolean passesDown(String name) {
        return name.startsWith("x-ratelimit-") || name.startsWith("anthropic-ratelimit-") || name.startsWith("openai-");
    }

    private static boolean isRequestId(String name) {
        return name.equals("x-request-id") || name.equals("request-id");
    }

    private static Set<String> namedIn(List<String> connection) {
        Set<String> names = new HashSet<>();
        for (String value : connection) {
            for (String name : value.split(",", -1)) {
                names.add(name.trim().toLowerCase(Locale.ROOT));
            }
        }
        return names;
    }
}
