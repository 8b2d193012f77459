package io.understudy.servlet.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Everything found wrong or doubtful in one reading of a configuration. A value is shown as it stands in the file, so
 * never with a placeholder's content, and only if {@link #show} has said how.
 */
final class Problems {
    private final Map<KeyPath, String> shown = new HashMap<>();
    private final Set<KeyPath> wrong = new HashSet<>();
    private final List<String> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    /** Says how the value at a place may be shown. */
    void show(KeyPath path, String value) {
        shown.put(path, value);
    }

    /** Whether a value without parts was seen at a place. */
    boolean shows(KeyPath path) {
        return shown.containsKey(path);
    }

    /** The value at a place, as it may be shown. */
    String shown(KeyPath path) {
        return shown.getOrDefault(path, "(not shown)");
    }

    /** A problem with the value at {@code path}. */
    void add(KeyPath path, String expected) {
        add(path, shown(path), expected);
    }

    /** A problem that is described better by {@code found} than by the value. */
    void add(KeyPath path, String found, String expected) {
        wrong.add(path);
        problems.add(path + ": " + found + " (expected: " + expected + ")");
    }

    /** A text that could not be read on from some point. */
    void add(BrokenJson broken) {
        problems.add(broken.problem());
    }

    /** A word at {@code path} that is none of those {@code known}; the nearest of them is suggested. */
    void unknown(KeyPath path, String word, Collection<String> known) {
        add(path, "one of " + list(known) + Nearest.hint(word, known));
    }

    /** The same for a key. */
    void unknownKey(KeyPath path, String key, Collection<String> known) {
        add(path, "unknown key", "one of " + list(known) + Nearest.hint(key, known));
    }

    /** A value that is needed but not there, unless it is not there because it was wrong. */
    void missing(KeyPath path, String expected) {
        if (!wrong.contains(path)) {
            add(path, "missing", expected);
        }
    }

    /** Something that works, but probably not as meant. */
    void warn(KeyPath path, String warning) {
        warnings.add(path + ": " + warning);
    }

    private static String list(Collection<String> known) {
        return known.stream().map(Printable::line).collect(Collectors.joining(", "));
    }

    List<String> warnings() {
        return List.copyOf(warnings);
    }

    boolean any() {
        return !problems.isEmpty();
    }

    /** The problems as the exception that reports them. */
    ConfigException in(String source) {
        return new ConfigException("The configuration in " + source + " cannot be used:", problems);
    }
}
