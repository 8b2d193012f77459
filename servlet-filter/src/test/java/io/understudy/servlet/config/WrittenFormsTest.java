package io.understudy.servlet.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Durations, sizes and near misses, as they are written. */
class WrittenFormsTest {
    private static final long HEAP = 1000;

    @ParameterizedTest
    @CsvSource({
        "250ms, PT0.25S",
        "5s, PT5S",
        "2m, PT2M",
        "1h, PT1H",
        "0s, PT0S",
        "007s, PT7S",
        "999999999999h, PT999999999999H"
    })
    void durations(String written, Duration duration) {
        assertThat(DurationText.parse(written)).contains(duration);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "5",
                "s",
                "5 s",
                "1.5s",
                "-5s",
                "+5s",
                "5S",
                "5sec",
                "5us",
                "PT5S",
                "٥s",
                "1000000000000s",
                " 5s"
            })
    void what_is_no_duration(String written) {
        assertThat(DurationText.parse(written)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "7, 7",
        "7B, 7",
        "64KiB, 65536",
        "32MiB, 33554432",
        "2GiB, 2147483648",
        "25%, 250",
        "100%, 1000",
        "0%, 0",
        "999999999999, 999999999999"
    })
    void sizes(String written, long bytes) {
        assertThat(SizeText.parse(written, HEAP)).contains(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "KiB", "1.5MiB", "32MB", "32mib", "-1", "101%", "25 %", "999999999999GiB", "1e3"})
    void what_is_no_size(String written) {
        assertThat(SizeText.parse(written, HEAP)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1%, 92233720368547758", "100%, 9223372036854775807"})
    void shares_of_a_heap_without_bound_do_not_overflow(String written, long bytes) {
        assertThat(SizeText.parse(written, Long.MAX_VALUE)).contains(bytes);
    }

    @ParameterizedTest
    @CsvSource({
        "apikey, apiKey",
        "api_key, apiKey",
        "API-KEY, apiKey",
        "apiKye, apiKey",
        "apKey, apiKey",
        "apiiKey, apiKey",
        "baseURL, baseUrl",
        "base_uri, baseUrl",
        "wieght, weight",
        "weights, weight"
    })
    void the_nearest_word(String written, String meant) {
        assertThat(Nearest.to(written, List.of("weight", "apiKey", "baseUrl"))).contains(meant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "color", "key", "url", "w", "weightless-one"})
    void nothing_is_near(String written) {
        assertThat(Nearest.to(written, List.of("weight", "apiKey", "baseUrl"))).isEmpty();
    }
}
