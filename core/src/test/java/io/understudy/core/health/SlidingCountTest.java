package io.understudy.core.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.core.time.FakeTicker;
import org.junit.jupiter.api.Test;

class SlidingCountTest {
    /** Shortly before the values overflow. */
    private final long origin = new FakeTicker().nanos();

    private final SlidingCount count = new SlidingCount(origin);

    private long second(int second) {
        return origin + second * 1_000_000_000L;
    }

    @Test
    void begins_with_nothing() {
        assertThat(count.sum(second(0))).isZero();
        assertThat(count.sum(second(100))).isZero();
    }

    @Test
    void forgets_what_is_ten_seconds_old() {
        count.add(second(0), 2);
        count.add(second(5), 3);
        assertThat(count.sum(second(5))).isEqualTo(5);
        assertThat(count.sum(second(10) - 1)).isEqualTo(5);
        assertThat(count.sum(second(10))).isEqualTo(3);
        assertThat(count.sum(second(15))).isZero();
    }

    @Test
    void a_slot_that_is_used_again_starts_at_zero() {
        count.add(second(0), 7);
        count.add(second(10), 1);
        count.add(second(10), 1);
        assertThat(count.sum(second(10))).isEqualTo(2);
        assertThat(count.sum(second(19))).isEqualTo(2);
    }

    @Test
    void takes_back_what_was_counted() {
        count.add(second(0), 2);
        count.add(second(0), -1);
        assertThat(count.sum(second(0))).isEqualTo(1);
        count.add(second(10), -1);
        assertThat(count.sum(second(10))).isZero();
    }

    @Test
    void a_slot_of_the_future_does_not_count_yet() {
        count.add(second(3), 1);
        assertThat(count.sum(second(2))).isZero();
    }
}
