package io.understudy.servlet.fake;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request line and headers, seen through the servlet API. Whatever else is asked of it is an error.
 *
 * @param path within the context, as it was sent
 */
public record FakeRequest(
        String method, String context, String path, @Nullable String query, Map<String, List<String>> headers) {
    /** A {@code POST} to a path of the root context. */
    public static FakeRequest post(String path) {
        return new FakeRequest("POST", "", path, null, Map.of());
    }

    /** The same with another method. */
    public FakeRequest method(String other) {
        return new FakeRequest(other, context, path, query, headers);
    }

    /** The same below a context path. */
    public FakeRequest context(String other) {
        return new FakeRequest(method, other, path, query, headers);
    }

    /** The same with a query. */
    public FakeRequest query(String other) {
        return new FakeRequest(method, context, path, other, headers);
    }

    /** The same with a header more, or one value of it more. */
    public FakeRequest header(String name, String value) {
        Map<String, List<String>> more = new LinkedHashMap<>(headers);
        List<String> values = new ArrayList<>(more.getOrDefault(name, List.of()));
        values.add(value);
        more.put(name, values);
        return new FakeRequest(method, context, path, query, more);
    }

    /** It as the container would hand it over, without a body. */
    public HttpServletRequest servlet() {
        return servlet(new ScriptedInput());
    }

    /** It as the container would hand it over. */
    public HttpServletRequest servlet(ScriptedInput body) {
        return (HttpServletRequest) Proxy.newProxyInstance(
                FakeRequest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, called, arguments) -> called.getName().equals("getInputStream")
                        ? body
                        : answer(called.getName(), arguments == null ? null : arguments[0]));
    }

    private @Nullable Object answer(String called, @Nullable Object argument) {
        return switch (called) {
            case "getMethod" -> method;
            case "getContextPath" -> context;
            case "getRequestURI" -> context + path;
            case "getQueryString" -> query;
            case "getHeaderNames" -> Collections.enumeration(headers.keySet());
            case "getHeaders" -> Collections.enumeration(values(argument));
            case "getHeader" -> values(argument).stream().findFirst().orElse(null);
            case "getContentLengthLong" ->
                Long.parseLong(values("Content-Length").stream().findFirst().orElse("-1"));
            default -> throw new UnsupportedOperationException(called);
        };
    }

    private List<String> values(@Nullable Object name) {
        return headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(String.valueOf(name)))
                .flatMap(header -> header.getValue().stream())
                .toList();
    }
}
