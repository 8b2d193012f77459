package io.understudy.servlet.dialect;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One request line that the gateway answers.
 *
 * @param path below the prefix, with its leading slash; the same below a provider's base URL. In it <code>{id}</code>
 *     stands for the id of something that a provider keeps, <code>{model}</code> for the name of a model, with slashes
 *     or without
 * @param onlyWith a header without which another endpoint is meant, null if it takes none
 */
public record Endpoint(Dialect dialect, String method, String path, Operation operation, @Nullable String onlyWith) {
    /** One segment of a path and nothing that could lead out of it. */
    private static final Pattern ID = Pattern.compile("(?!\\.+$)[A-Za-z0-9_.:=~+-]{1,256}");

    static Endpoint post(Dialect dialect, String path, Operation operation) {
        return new Endpoint(dialect, "POST", path, operation, null);
    }

    static Endpoint state(Dialect dialect, String method, String path) {
        return new Endpoint(dialect, method, path, Operation.STATE, null);
    }

    static Endpoint models(Dialect dialect, String path, @Nullable String onlyWith) {
        return new Endpoint(dialect, "GET", path, Operation.MODELS, onlyWith);
    }

    /** Whether a request line means this one. */
    public boolean matches(String askedMethod, String askedPath) {
        return method.equals(askedMethod)
                && (path.indexOf('{') < 0 ? path.equals(askedPath) : variable(askedPath) != null);
    }

    /** What stands in a path where this one's has a variable; null if it has none or the path is another. */
    public @Nullable String variable(String askedPath) {
        int start = path.indexOf('{');
        if (start < 0) {
            return null;
        }
        String after = path.substring(path.indexOf('}') + 1);
        int end = askedPath.length() - after.length();
        boolean framed = end > start && askedPath.startsWith(path.substring(0, start)) && askedPath.endsWith(after);
        String value = framed ? askedPath.substring(start, end) : "";
        return framed && (path.startsWith("{model}", start) || ID.matcher(value).matches()) ? value : null;
    }
}
