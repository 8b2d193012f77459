package io.understudy.core.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.core.health.HealthPolicy.Budget;
import io.understudy.core.time.FakeTicker;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryBudgetTest {
    private final FakeTicker ticker = new FakeTicker();
    private final RetryBudget budget = new RetryBudget(ticker.nanos());

    private void request(int times) {
        IntStream.range(0, times).forEach(i -> budget.requested(ticker.nanos()));
    }

    private long taken(int tries, Budget limits) {
        return IntStream.range(0, tries)
                .filter(i -> budget.take(ticker.nanos(), limits))
                .count();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 20, 3, 30",
        "100, 20, 3, 50",
        "1000, 20, 3, 230",
        "1000, 20, 0, 200",
        "1000, 0, 0, 0",
        "4, 20, 0, 0",
        "5, 20, 0, 1"
    })
    void allows_a_share_of_the_requests_and_some_per_second(int requests, double percent, double perSecond, int most) {
        request(requests);
        assertThat(taken(2_000, new Budget(percent, perSecond))).isEqualTo(most);
    }

    @Test
    void fills_again_as_time_passes() {
        Budget limits = new Budget(0, 3);
        assertThat(taken(100, limits)).isEqualTo(30);
        ticker.advance(Duration.ofSeconds(9));
        assertThat(taken(100, limits)).isZero();
        ticker.advance(Duration.ofSeconds(1));
        assertThat(taken(100, limits)).isEqualTo(30);
    }

    @Test
    void requests_of_more_than_ten_seconds_ago_no_longer_count() {
        request(1_000);
        ticker.advance(Duration.ofSeconds(10));
        request(100);
        assertThat(taken(2_000, new Budget(20, 0))).isEqualTo(20);
    }
}
