package io.understudy.core.backoff;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever upstreams write into their headers, it is a wait of at most a day, or it says nothing. */
class AnyRetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    @Property(tries = 5000, seed = "41")
    void a_wait_or_nothing(@ForAll("headers") Map<String, String> headers, @ForAll("hints") Duration hint) {
        for (Duration wait :
                new Duration[] {RetryAfter.parse(headers, hint, NOW), RetryAfter.explicit(headers, null, NOW)}) {
            if (wait != null) {
                assertThat(wait).isPositive().isLessThanOrEqualTo(Duration.ofDays(1));
            }
        }
    }

    @Provide
    Arbitrary<Map<String, String>> headers() {
        Arbitrary<String> names = Arbitraries.of(
                "retry-after",
                "retry-after-ms",
                "x-ratelimit-reset",
                "x-ratelimit-reset-requests",
                "x-ratelimit-remaining-requests",
                "x-ratelimit-reset-tokens",
                "anthropic-ratelimit-tokens-reset",
                "anthropic-ratelimit-tokens-remaining");
        Arbitrary<String> pieces = Arbitraries.of(List.of(
                        "0",
                        "7",
                        "-1",
                        "1e400",
                        "NaN",
                        "Infinity",
                        ".",
                        "9999999999999999999",
                        "ms",
                        "s",
                        "m",
                        "h",
                        "d",
                        " ",
                        "+",
                        "GMT",
                        "Fri, 20 Nov 2026 12:00:05 GMT",
                        "2026-11-20T12:00:05Z",
                        "9999999999-01-01T00:00:00Z",
                        "Sunday, 06-Nov-94 08:49:37 GMT",
                        ":",
                        "\0",
                        "é"))
                .list()
                .ofMaxSize(4)
                .map(list -> String.join("", list));
        return Arbitraries.maps(
                        names, Arbitraries.oneOf(pieces, Arbitraries.strings().ofMaxLength(20)))
                .ofMaxSize(5);
    }

    @Provide
    Arbitrary<Duration> hints() {
        return Arbitraries.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofMillis(1), Duration.ofDays(400));
    }
}
