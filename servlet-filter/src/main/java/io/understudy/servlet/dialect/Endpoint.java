package io.understudy.servlet.dialect;

/**
 * One request line that the gateway answers.
 *
 * @param path below the prefix, with its leading slash; the same below a provider's base URL
 */
public record Endpoint(Dialect dialect, String method, String path, Operation operation) {
    static Endpoint post(Dialect dialect, String path, Operation operation) {
        return new Endpoint(dialect, "POST", path, operation);
    }

    /** Whether a request means this one. */
    public boolean matches(String askedMethod, String askedPath) {
        return method.equals(askedMethod) && path.equals(askedPath);
    }
}
