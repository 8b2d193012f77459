package io.understudy.servlet.dialect;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One request line that the gateway answers.
 *
 * @param path below the prefix, with its leading slash; the same below a provider's base URL; <code>{id}</code> stands
 *     for the id of something that a provider keeps
 */
public record Endpoint(Dialect dialect, String method, String path, Operation operation) {
    private static final String ID = "{id}";
    /** One segment of a path and nothing that could lead out of it. */
    private static final Pattern SANE_ID = Pattern.compile("(?!\\.+$)[A-Za-z0-9_.:=~+-]{1,256}");

    static Endpoint post(Dialect dialect, String path, Operation operation) {
        return new Endpoint(dialect, "POST", path, operation);
    }

    /** Whether a request means this one. */
    public boolean matches(String askedMethod, String askedPath) {
        return method.equals(askedMethod) && (path.equals(askedPath) || id(askedPath) != null);
    }

    /** What stands in a path for <code>{id}</code>; null if nothing does. */
    public @Nullable String id(String askedPath) {
        int start = path.indexOf(ID);
        if (start < 0) {
            return null;
        }
        String after = path.substring(start + ID.length());
        int end = askedPath.length() - after.length();
        boolean framed = end > start && askedPath.startsWith(path.substring(0, start)) && askedPath.endsWith(after);
        String id = framed ? askedPath.substring(start, end) : "";
        return SANE_ID.matcher(id).matches() ? id : null;
    }
}
