package io.understudy.servlet.config;

import io.understudy.servlet.config.Surroundings.Opener;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Replaces placeholders in a string of the configuration. What they stand for is not looked at again.
 *
 * <table>
 * <caption>Forms</caption>
 * <tr><th>written</th><th>stands for</th></tr>
 * <tr><td>{@code ${NAME}}</td><td>the environment variable, else the system property; neither: a problem</td></tr>
 * <tr><td>{@code ${NAME:-default}}</td><td>the same; neither, or empty: {@code default}, which may be empty</td></tr>
 * <tr><td>{@code ${file:/run/secrets/x}}</td><td>the trimmed content of a file</td></tr>
 * </table>
 */
final class Placeholders {
    private static final int MAX_FILE_BYTES = 64 * 1024;
    private static final String FILE = "file:";
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");

    private final Surroundings surroundings;
    private final Problems problems;

    Placeholders(Surroundings surroundings, Problems problems) {
        this.surroundings = surroundings;
        this.problems = problems;
    }

    /**
     * The string that {@code raw} at {@code path} stands for; empty if a placeholder in it failed, which is a problem
     * then.
     */
    Optional<String> expand(KeyPath path, String raw) {
        StringBuilder expanded = new StringBuilder();
        int from = 0;
        for (int start = raw.indexOf("${"); start >= 0; start = raw.indexOf("${", from)) {
            int end = raw.indexOf('}', start);
            Optional<String> content = end < 0 ? malformed(path) : resolve(path, raw.substring(start + 2, end));
            if (content.isEmpty()) {
                return Optional.empty();
            }
            expanded.append(raw, from, start).append(content.get());
            from = end + 1;
        }
        return Optional.of(expanded.append(raw, from, raw.length()).toString());
    }

    private Optional<String> resolve(KeyPath path, String inner) {
        if (inner.startsWith(FILE)) {
            return file(path, inner.substring(FILE.length()));
        }
        int separator = inner.indexOf(":-");
        String name = separator < 0 ? inner : inner.substring(0, separator);
        if (inner.contains("${") || !NAME.matcher(name).matches()) {
            return malformed(path);
        }
        return separator < 0 ? required(path, name) : Optional.of(orDefault(name, inner.substring(separator + 2)));
    }

    private Optional<String> required(KeyPath path, String name) {
        String value = variable(name);
        if (value == null) {
            String expected = "the environment variable or system property " + name
                    + " to be set, or a default as in ${" + name + ":-…}";
            problems.add(path, "${" + name + "} is not set", expected);
        }
        return Optional.ofNullable(value);
    }

    private String orDefault(String name, String otherwise) {
        String value = variable(name);
        return value == null || value.isEmpty() ? otherwise : value;
    }

    private @Nullable String variable(String name) {
        String value = surroundings.environment().find(name);
        return value == null ? surroundings.properties().find(name) : value;
    }

    private Optional<String> file(KeyPath path, String name) {
        try {
            return Optional.of(content(surroundings.files(), name).strip());
        } catch (IOException | IllegalArgumentException unreadable) {
            String shown = "${file:" + Printable.line(name) + "}";
            problems.add(path, shown, "a readable file of at most 64 KiB in UTF-8");
            return Optional.empty();
        }
    }

    private static String content(Opener files, String name) throws IOException {
        InputStream content = files.open(name);
        if (content == null) {
            throw new IOException("no such file");
        }
        return Utf8Text.read(content, MAX_FILE_BYTES);
    }

    private Optional<String> malformed(KeyPath path) {
        problems.add(path, "a malformed placeholder", "${NAME}, ${NAME:-default} or ${file:/path}, not nested");
        return Optional.empty();
    }
}
