package io.understudy.core.backoff;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How long an upstream asks to wait, in all the forms in which upstreams say so.
 *
 * <table>
 * <caption>Forms, the first one found wins</caption>
 * <tr><td>{@code retry-after-ms}</td><td>milliseconds</td></tr>
 * <tr><td>{@code retry-after}</td><td>seconds, or an HTTP date (RFC 9110, 10.2.3)</td></tr>
 * <tr><td>the body</td><td>such as Google's {@code RetryInfo}, read by somebody else</td></tr>
 * <tr><td>{@code x-ratelimit-reset-*}, {@code anthropic-ratelimit-*-reset}</td>
 *     <td>see {@link RateLimitResets}; only in {@link #parse}</td></tr>
 * </table>
 *
 * <p>What is zero, negative or unreadable says nothing (Azure has sent −1 and 0). What is longer than a day counts as a
 * day, so that one absurd header does not keep a candidate away for good.
 */
public final class RetryAfter {
    static final Duration LONGEST = Duration.ofDays(1);

    private RetryAfter() {}

    /** What an answer that is about a rate limit asks for, null if it says nothing. Header names are in lower case. */
    public static @Nullable Duration parse(Map<String, String> headers, @Nullable Duration bodyHint, Instant now) {
        Duration explicit = explicit(headers, bodyHint, now);
        return explicit == null ? bounded(RateLimitResets.smallestHelpful(headers, now)) : explicit;
    }

    /**
     * What an answer of any kind asks for, null if it says nothing. The reset headers do not count: many upstreams send
     * them with every answer, and then they ask for nothing.
     */
    public static @Nullable Duration explicit(Map<String, String> headers, @Nullable Duration bodyHint, Instant now) {
        Duration millis = bounded(TimeText.number(headers.get("retry-after-ms"), 1e-3));
        if (millis != null) {
            return millis;
        }
        Duration header = bounded(TimeText.secondsOrDate(headers.get("retry-after"), now));
        return header == null ? bounded(bodyHint) : header;
    }

    private static @Nullable Duration bounded(@Nullable Duration wait) {
        if (wait == null || wait.isNegative() || wait.isZero()) {
            return null;
        }
        return wait.compareTo(LONGEST) < 0 ? wait : LONGEST;
    }
}
