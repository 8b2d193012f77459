package io.understudy.core.backoff;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {
    /** A Friday. */
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "retry-after | 2 | PT2S",
                "retry-after | ' 2 ' | PT2S",
                "retry-after | 0.5 | PT0.5S",
                "retry-after | Fri, 20 Nov 2026 12:00:07 GMT | PT7S",
                "retry-after | Friday, 20-Nov-26 12:00:07 GMT | PT7S",
                "retry-after | Fri Nov 20 12:00:07 2026 | PT7S",
                "retry-after | 99999999999999999999999 | PT24H",
                "retry-after | Fri, 31 Dec 9999 23:59:59 GMT | PT24H",
                "retry-after-ms | 1500 | PT1.5S",
                "retry-after-ms | 20.5 | PT0.0205S",
                "x-ratelimit-reset-requests | 12ms | PT0.012S",
                "x-ratelimit-reset-requests | 1s | PT1S",
                "x-ratelimit-reset-tokens | 6m0s | PT6M",
                "x-ratelimit-reset-tokens | 1h2m3.5s | PT1H2M3.5S",
                "x-ratelimit-reset-tokens | 2m59.56s | PT2M59.56S",
                "x-ratelimit-reset-tokens | 500us | PT0.0005S",
                "x-ratelimit-reset-tokens | 500µs | PT0.0005S",
                "x-ratelimit-reset-tokens | 700ns | PT0.0000007S",
                "x-ratelimit-reset-tokens | 12 | PT12S",
                "x-ratelimit-reset | 1795176004 | PT4S",
                "x-ratelimit-reset | 1795176004500 | PT4.5S",
                "ratelimitbysize-reset | 30 | PT30S",
                "anthropic-ratelimit-tokens-reset | 2026-11-20T12:00:30Z | PT30S",
                "anthropic-ratelimit-input-tokens-reset | 2026-11-20T13:00:30+01:00 | PT30S",
                "anthropic-priority-input-tokens-reset | 2026-11-20T12:00:30Z | PT30S",
            })
    void is_read_in_every_form(String header, String value, Duration expected) {
        assertThat(RetryAfter.parse(Map.of(header, value), null, NOW)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-1",
                "0.0",
                "",
                " ",
                "soon",
                "NaN",
                "Infinity",
                "1e400",
                "1e3",
                "0x1p3",
                "1d",
                "1,5",
                "+3",
                "Fri, 20 Nov 2026 11:59:59 GMT",
                "Fri, 20 Nov 2026 12:00:00 GMT",
                "Fri, 99 Nov 2026 12:00:00 GMT"
            })
    void says_nothing_when_zero_negative_or_unreadable(String value) {
        assertThat(RetryAfter.parse(Map.of("retry-after", value), null, NOW)).isNull();
        assertThat(RetryAfter.parse(Map.of("retry-after-ms", value), null, NOW)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "0s", "s", "1x", "1s2", "1h-2s", "2026-11-20T11:59:59Z", "2026-11-20", "never"})
    void a_reset_says_nothing_when_it_is_past_or_unreadable(String value) {
        assertThat(RetryAfter.parse(Map.of("x-ratelimit-reset-tokens", value), null, NOW))
                .isNull();
    }

    @Test
    void says_nothing_without_any_of_the_headers() {
        assertThat(RetryAfter.parse(Map.of("content-type", "application/json"), null, NOW))
                .isNull();
    }

    @Test
    void milliseconds_win_over_seconds_and_both_over_the_body_and_that_over_resets() {
        Map<String, String> reset = Map.of("x-ratelimit-reset-tokens", "9s");
        Map<String, String> seconds = Map.of("x-ratelimit-reset-tokens", "9s", "retry-after", "2");
        Map<String, String> millis =
                Map.of("x-ratelimit-reset-tokens", "9s", "retry-after", "2", "retry-after-ms", "1500");
        Duration body = Duration.ofSeconds(30);
        assertThat(RetryAfter.parse(millis, body, NOW)).isEqualTo(Duration.ofMillis(1500));
        assertThat(RetryAfter.parse(seconds, body, NOW)).isEqualTo(Duration.ofSeconds(2));
        assertThat(RetryAfter.parse(reset, body, NOW)).isEqualTo(body);
        assertThat(RetryAfter.parse(reset, null, NOW)).isEqualTo(Duration.ofSeconds(9));
    }

    @Test
    void an_unreadable_form_gives_way_to_the_next() {
        Map<String, String> azure = Map.of("retry-after-ms", "-1", "retry-after", "0", "x-ratelimit-reset-tokens", "7");
        assertThat(RetryAfter.parse(azure, null, NOW)).isEqualTo(Duration.ofSeconds(7));
        assertThat(RetryAfter.parse(azure, Duration.ZERO, NOW)).isEqualTo(Duration.ofSeconds(7));
        assertThat(RetryAfter.parse(azure, Duration.ofSeconds(-3), NOW)).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void a_body_that_asks_for_longer_than_a_day_gets_a_day() {
        assertThat(RetryAfter.parse(Map.of(), Duration.ofDays(30), NOW)).isEqualTo(Duration.ofDays(1));
    }

    @Test
    void of_the_limits_that_are_used_up_the_longest_reset_counts() {
        Map<String, String> headers = Map.of(
                "x-ratelimit-remaining-requests", "0",
                "x-ratelimit-reset-requests", "2s",
                "x-ratelimit-remaining-tokens", "0",
                "x-ratelimit-reset-tokens", "7s",
                "x-ratelimit-remaining-images", "5",
                "x-ratelimit-reset-images", "60s");
        assertThat(RetryAfter.parse(headers, null, NOW)).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void when_no_limit_is_used_up_the_shortest_reset_counts() {
        Map<String, String> headers = Map.of(
                "anthropic-ratelimit-requests-remaining", "49",
                "anthropic-ratelimit-requests-reset", "2026-11-20T12:00:02Z",
                "anthropic-ratelimit-tokens-remaining", "100",
                "anthropic-ratelimit-tokens-reset", "2026-11-20T12:00:50Z");
        assertThat(RetryAfter.parse(headers, null, NOW)).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void resets_do_not_count_when_only_an_explicit_wait_does() {
        Map<String, String> resets = Map.of("x-ratelimit-reset-tokens", "6m0s");
        assertThat(RetryAfter.explicit(resets, null, NOW)).isNull();
        assertThat(RetryAfter.explicit(resets, Duration.ofSeconds(4), NOW)).isEqualTo(Duration.ofSeconds(4));
        assertThat(RetryAfter.explicit(Map.of("retry-after", "3"), null, NOW)).isEqualTo(Duration.ofSeconds(3));
    }
}
