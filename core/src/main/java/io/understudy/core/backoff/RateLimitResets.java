package io.understudy.core.backoff;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The reset headers of rate limits: when each limit's bucket is full again.
 *
 * <table>
 * <caption>Forms</caption>
 * <tr><td>OpenAI, Groq</td><td>{@code x-ratelimit-reset-requests: 6m0s}</td><td>a Go duration</td></tr>
 * <tr><td>Azure, Mistral</td><td>{@code x-ratelimit-reset-tokens: 12}</td><td>seconds</td></tr>
 * <tr><td>OpenRouter</td><td>{@code x-ratelimit-reset: 1763640000000}</td><td>milliseconds (or seconds) since 1970</td></tr>
 * <tr><td>Anthropic</td><td>{@code anthropic-ratelimit-tokens-reset}</td><td>an RFC 3339 instant</td></tr>
 * </table>
 *
 * <p>A limit of which something remains, by the header that belongs to it ({@code x-ratelimit-remaining-requests} …),
 * is not what stopped the request. If some limits are used up, the longest of their resets counts; otherwise the
 * shortest of all.
 */
final class RateLimitResets {
    private static final Pattern RESET =
            Pattern.compile("x-ratelimit-reset(-[a-z0-9_-]+)?|ratelimitbysize-reset|anthropic-[a-z-]+-reset");
    private static final double MILLIS_SINCE_1970 = 1e11;
    private static final double SECONDS_SINCE_1970 = 1e9;

    private RateLimitResets() {}

    /** The wait after which a request has a chance again, null if no header tells. */
    static @Nullable Duration smallestHelpful(Map<String, String> headers, Instant now) {
        List<Duration> usedUp = new ArrayList<>();
        List<Duration> all = new ArrayList<>();
        headers.forEach((name, value) -> {
            Matcher reset = RESET.matcher(name);
            Duration wait = reset.matches() ? wait(value.strip(), now) : null;
            if (wait != null && !wait.isNegative() && !wait.isZero()) {
                all.add(wait);
                if (isUsedUp(headers.get(name.replace("reset", "remaining")))) {
                    usedUp.add(wait);
                }
            }
        });
        if (!usedUp.isEmpty()) {
            return Collections.max(usedUp);
        }
        return all.isEmpty() ? null : Collections.min(all);
    }

    private static boolean isUsedUp(@Nullable String remaining) {
        return remaining != null && remaining.strip().matches("-\\d+|0+(\\.0+)?");
    }

    private static @Nullable Duration wait(String value, Instant now) {
        Duration number = TimeText.number(value, 1);
        if (number != null) {
            return numberWait(number.toNanos() / 1e9, value, now);
        }
        Duration go = TimeText.goDuration(value);
        return go == null ? TimeText.untilInstant(value, now) : go;
    }

    private static Duration numberWait(double bounded, String value, Instant now) {
        double number = Double.parseDouble(value);
        if (number >= MILLIS_SINCE_1970) {
            return TimeText.seconds(number / 1e3 - now.toEpochMilli() / 1e3);
        }
        return TimeText.seconds(number >= SECONDS_SINCE_1970 ? number - now.toEpochMilli() / 1e3 : bounded);
    }
}
