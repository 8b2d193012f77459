package io.understudy.core.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadlineTest {
    private final FakeTicker ticker = new FakeTicker();

    @Test
    void remains_until_its_time_has_passed_even_while_the_ticker_overflows() {
        Deadline deadline = Deadline.after(Duration.ofSeconds(2), ticker);
        assertThat(deadline.remaining(ticker)).isEqualTo(Duration.ofSeconds(2));

        ticker.advance(Duration.ofMillis(1_999));
        assertThat(deadline.passed(ticker)).isFalse();
        assertThat(deadline.remaining(ticker)).isEqualTo(Duration.ofMillis(1));

        ticker.advance(Duration.ofMillis(1));
        assertThat(deadline.passed(ticker)).isTrue();
        assertThat(deadline.remaining(ticker)).isZero();
    }

    @Test
    void never_has_a_negative_time_left() {
        Deadline deadline = Deadline.after(Duration.ofSeconds(1), ticker);
        ticker.advance(Duration.ofDays(1));
        assertThat(deadline.remaining(ticker)).isZero();
        assertThat(deadline.passed(ticker)).isTrue();
    }

    @Test
    void a_negative_duration_has_passed_at_once() {
        assertThat(Deadline.after(Duration.ofSeconds(-1), ticker).passed(ticker))
                .isTrue();
        assertThat(Deadline.after(Duration.ofSeconds(Long.MIN_VALUE), ticker).remaining(ticker))
                .isZero();
    }

    @Test
    void a_duration_beyond_the_range_of_longs_lies_far_ahead() {
        Deadline deadline = Deadline.after(Duration.ofSeconds(Long.MAX_VALUE), ticker);
        assertThat(deadline.remaining(ticker)).isGreaterThan(Duration.ofDays(50_000));
    }

    @Test
    void the_system_ticker_goes_forward() {
        Ticker system = Ticker.system();
        long earlier = system.nanos();
        assertThat(system.nanos() - earlier).isNotNegative();
        assertThat(Math.abs(System.nanoTime() - earlier))
                .isLessThan(Duration.ofMinutes(1).toNanos());
    }
}
