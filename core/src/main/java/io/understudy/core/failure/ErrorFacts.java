package io.understudy.core.failure;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an upstream said when it failed, taken out of its answer by somebody who can read it.
 *
 * @param status    the HTTP status; null for an error event inside a stream, which is then judged by its own code
 * @param headers   the answer's headers; their names are kept in lower case
 * @param type      the error's type, such as {@code rate_limit_error}
 * @param code      the error's code, a number as its decimal digits
 * @param message   the error's text, or the beginning of a body that has no such structure
 * @param retryHint how long the body asks to wait, such as Google's {@code RetryInfo}
 */
public record ErrorFacts(
        @Nullable Integer status,
        Map<String, String> headers,
        @Nullable String type,
        @Nullable String code,
        @Nullable String message,
        @Nullable Duration retryHint) {
    public ErrorFacts {
        headers = lowerCase(headers);
    }

    private static Map<String, String> lowerCase(Map<String, String> headers) {
        Map<String, String> lower = new HashMap<>();
        headers.forEach((name, value) -> lower.putIfAbsent(name.toLowerCase(Locale.ROOT), value));
        return Map.copyOf(lower);
    }

    /** An answer of which nothing but the status is known. One below 400 is an answer that could not be read. */
    public static ErrorFacts of(int status) {
        return new ErrorFacts(status, Map.of(), null, null, null, null);
    }

    /** The same answer with its headers, in the form in which clients have them; the first value of each counts. */
    public ErrorFacts withHeaders(Map<String, ? extends List<String>> all) {
        Map<String, String> first = new LinkedHashMap<>();
        all.forEach((name, values) -> {
            if (!values.isEmpty()) {
                first.put(name, values.get(0));
            }
        });
        return new ErrorFacts(status, first, type, code, message, retryHint);
    }

    /** The same answer with what its body says; null where it says nothing. */
    public ErrorFacts withError(@Nullable String errorType, @Nullable String errorCode, @Nullable String errorMessage) {
        return new ErrorFacts(status, headers, errorType, errorCode, errorMessage, retryHint);
    }
}
