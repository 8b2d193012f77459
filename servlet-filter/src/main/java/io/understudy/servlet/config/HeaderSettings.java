package io.understudy.servlet.config;

import java.util.List;

/**
 * Which headers travel, {@code headers}.
 *
 * @param report whether answers carry the {@code X-Understudy-*} headers (true)
 * @param forward caller's headers sent upstream beyond the built-in list, in lower case (none)
 */
public record HeaderSettings(boolean report, List<String> forward) {
    /** Copies the list. */
    public HeaderSettings {
        forward = List.copyOf(forward);
    }

    /** The documented defaults. */
    public static HeaderSettings defaults() {
        return new HeaderSettings(true, List.of());
    }
}
