package io.understudy.servlet.chain;

import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The headers of a held answer; names mean the same in upper and lower case. */
final class HeldHeaders {
    /** Counted and framed anew on the way that the answer takes. */
    private static final Set<String> FRAMING = Set.of("content-length", "transfer-encoding");

    private final Map<String, List<String>> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    /** A moment as headers write it (RFC 9110, 5.6.7). */
    static String date(long epochMillis) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.ofEpochMilli(epochMillis).atOffset(ZoneOffset.UTC));
    }

    void set(String name, String value) {
        remove(name);
        add(name, value);
    }

    void add(String name, String value) {
        if (!FRAMING.contains(name.toLowerCase(Locale.ROOT))) {
            values.computeIfAbsent(name, unseen -> new ArrayList<>()).add(value);
        }
    }

    void remove(String name) {
        values.remove(name);
    }

    void clear() {
        values.clear();
    }

    @Nullable
    String first(String name) {
        return all(name).stream().findFirst().orElse(null);
    }

    List<String> all(String name) {
        return List.copyOf(values.getOrDefault(name, List.of()));
    }

    Collection<String> names() {
        return List.copyOf(values.keySet());
    }

    /** All of them, by lower-case name. */
    Map<String, List<String>> lowered() {
        Map<String, List<String>> lowered = new LinkedHashMap<>();
        values.forEach((name, all) -> lowered.put(name.toLowerCase(Locale.ROOT), List.copyOf(all)));
        return lowered;
    }

    void copyTo(HttpServletResponse response) {
        values.forEach((name, all) -> {
            if (name.equalsIgnoreCase("Content-Type")) {
                response.setContentType(all.get(0));
            } else {
                all.forEach(value -> response.addHeader(name, value));
            }
        });
    }
}
