package io.understudy.core.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.understudy.core.health.HealthPolicy.Budget;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HealthPolicyTest {
    private static final Duration DAY = Duration.ofDays(1);

    @Test
    void the_defaults_are_the_documented_ones() {
        assertThat(HealthPolicy.defaults())
                .isEqualTo(new HealthPolicy(
                        5, Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofSeconds(5), new Budget(20, 3)));
    }

    @Test
    void refuses_impossible_values() {
        assertThatThrownBy(() -> new HealthPolicy(0, DAY, DAY, DAY, null))
                .hasMessage("consecutiveFailures: 0 (expected: >= 1)");
        assertThatThrownBy(() -> new HealthPolicy(1, Duration.ofMillis(-1), DAY, DAY, null))
                .hasMessage("openTime: PT-0.001S (expected: 0 to 24 h)");
        assertThatThrownBy(() -> new HealthPolicy(1, DAY, DAY.plusNanos(1), DAY, null))
                .hasMessage("maxOpenTime: PT24H0.000000001S (expected: 0 to 24 h)");
        assertThatThrownBy(() -> new HealthPolicy(1, DAY, DAY, Duration.ofSeconds(-5), null))
                .hasMessage("cooldown: PT-5S (expected: 0 to 24 h)");
    }

    @Test
    void takes_the_least_and_the_most() {
        assertThat(new HealthPolicy(1, DAY, DAY, Duration.ZERO, null).retryBudget())
                .isNull();
        assertThat(new Budget(0, 0).percent()).isZero();
        assertThat(new Budget(1_000, 1_000_000).minPerSecond()).isEqualTo(1e6);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, 1_000_001, Double.NaN, Double.POSITIVE_INFINITY})
    void refuses_a_budget_that_is_none(double value) {
        assertThatThrownBy(() -> new Budget(value, 3)).hasMessage("percent: " + value + " (expected: 0 to 1000)");
        assertThatThrownBy(() -> new Budget(20, value))
                .hasMessage("minPerSecond: " + value + " (expected: 0 to 1000000)");
    }
}
