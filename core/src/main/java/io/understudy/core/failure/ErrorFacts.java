package io.understudy.core.failure;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an upstream said when it failed, taken out of its answer by somebody who can read it.
 *
 * @param status    the HTTP status; null for an error event inside a stream, which is then judged by its own code
 * @param headers   the answer's headers, names in lower case
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
        headers = Map.copyOf(headers);
    }
}
