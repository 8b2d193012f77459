package io.understudy.core.backoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackoffTest {
    private static final Duration NONE_YET = Duration.ZERO;

    /** Dice that always show the same value in [0, 1). */
    private static RandomGenerator loaded(double uniform) {
        return new RandomGenerator() {
            @Override
            public long nextLong() {
                throw new AssertionError("only nextDouble() is expected");
            }

            @Override
            public double nextDouble() {
                return uniform;
            }
        };
    }

    private static Backoff with(Jitter jitter) {
        return new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5), 2, jitter);
    }

    private static long pauseMillis(Jitter jitter, int n, long previousMillis, double uniform) {
        return with(jitter)
                .pause(n, Duration.ofMillis(previousMillis), loaded(uniform))
                .toMillis();
    }

    @ParameterizedTest
    @CsvSource({"1, 200", "2, 400", "3, 800", "4, 1600", "5, 3200", "6, 5000", "7, 5000", "2147483647, 5000"})
    void the_ceiling_doubles_up_to_the_cap(int n, long millis) {
        assertThat(Backoff.defaults().ceiling(n)).isEqualTo(Duration.ofMillis(millis));
        assertThat(with(Jitter.none()).pause(n, NONE_YET, loaded(0.7))).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @CsvSource({"1, 0.0, 0", "1, 0.5, 100", "2, 0.5, 200", "3, 0.25, 200", "9, 0.5, 2500"})
    void full_jitter_takes_any_share_of_the_ceiling(int n, double uniform, long millis) {
        assertThat(pauseMillis(Jitter.full(), n, 0, uniform)).isEqualTo(millis);
    }

    @ParameterizedTest
    @CsvSource({"1, 0.0, 100", "1, 0.5, 150", "3, 0.0, 400", "3, 0.5, 600", "9, 0.5, 3750"})
    void equal_jitter_keeps_half_of_the_ceiling(int n, double uniform, long millis) {
        assertThat(pauseMillis(Jitter.equal(), n, 0, uniform)).isEqualTo(millis);
    }

    @ParameterizedTest
    @CsvSource({"0, 0.0, 100", "0, 0.5, 200", "200, 0.0, 100", "200, 0.5, 350", "4000, 0.9, 5000"})
    void decorrelated_jitter_goes_up_to_three_times_the_previous_pause(long previous, double uniform, long millis) {
        assertThat(pauseMillis(Jitter.decorrelated(), 1, previous, uniform)).isEqualTo(millis);
    }

    @ParameterizedTest
    @CsvSource({"1, 0.0, 200", "1, 0.5, 210", "5, 0.5, 3360", "6, 0.5, 5250"})
    void a_factor_lengthens_the_ceiling(int n, double uniform, long millis) {
        assertThat(pauseMillis(Jitter.factor(0.1), n, 0, uniform)).isEqualTo(millis);
    }

    @Test
    void full_jitter_is_uniform() {
        Random dice = new Random(11);
        double mean = IntStream.range(0, 10_000)
                .mapToLong(i -> Backoff.defaults().pause(2, NONE_YET, dice).toNanos())
                .average()
                .orElseThrow();
        // The standard error of the mean of 10,000 draws from [0, 400] ms is 1.2 ms.
        assertThat(mean / 1e6).isCloseTo(200, within(5.0));
    }

    @Test
    void another_base_delay_keeps_the_rest() {
        assertThat(Backoff.defaults().withBaseDelay(Duration.ofMillis(250)))
                .isEqualTo(new Backoff(Duration.ofMillis(250), Duration.ofSeconds(5), 2, Jitter.full()));
    }

    @Test
    void a_base_delay_of_zero_never_pauses() {
        Backoff backoff = new Backoff(Duration.ZERO, Duration.ofSeconds(5), 2, Jitter.none());
        assertThat(backoff.pause(Integer.MAX_VALUE, NONE_YET, loaded(0.5))).isZero();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.9, 0, -2, Double.NaN, Double.POSITIVE_INFINITY})
    void refuses_a_base_that_does_not_grow(double base) {
        assertThatThrownBy(() -> new Backoff(Duration.ZERO, Duration.ZERO, base, Jitter.full()))
                .hasMessage("exponentialBase: " + base + " (expected: a finite number >= 1)");
    }

    @Test
    void refuses_delays_that_are_negative_or_absurd() {
        Duration day = Duration.ofDays(1);
        assertThatThrownBy(() -> new Backoff(Duration.ofMillis(-1), day, 2, Jitter.full()))
                .hasMessage("baseDelay: PT-0.001S (expected: 0 to 24 h)");
        assertThatThrownBy(() -> new Backoff(Duration.ZERO, day.plusNanos(1), 2, Jitter.full()))
                .hasMessage("maxDelay: PT24H0.000000001S (expected: 0 to 24 h)");
        assertThat(new Backoff(day, day, 1, Jitter.none()).pause(1, NONE_YET, loaded(0)))
                .isEqualTo(day);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 10.1, Double.NaN})
    void refuses_a_factor_that_is_no_share(double factor) {
        assertThatThrownBy(() -> Jitter.factor(factor)).hasMessage("jitter: " + factor + " (expected: 0 to 10)");
    }

    @Test
    void refuses_a_pause_before_any_call() {
        assertThatThrownBy(() -> Backoff.defaults().ceiling(0)).hasMessage("n: 0 (expected: >= 1)");
    }
}
