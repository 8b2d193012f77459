package io.understudy.core.health;

import static io.understudy.core.health.CircuitState.CLOSED;
import static io.understudy.core.health.CircuitState.HALF_OPEN;
import static io.understudy.core.health.CircuitState.OPEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.core.health.CircuitBreaker.Ticket;
import io.understudy.core.time.FakeTicker;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CircuitBreakerTest {
    private final HealthPolicy policy = HealthPolicy.defaults();
    private final FakeTicker ticker = new FakeTicker();
    private final CircuitBreaker breaker = new CircuitBreaker();

    private boolean isRefused() {
        return breaker.admit(ticker.nanos(), policy) == null;
    }

    private Ticket admitted() {
        return Objects.requireNonNull(breaker.admit(ticker.nanos(), policy));
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            breaker.failed(admitted(), ticker.nanos(), policy);
        }
    }

    private CircuitState circuit() {
        return breaker.circuit(ticker.nanos());
    }

    /** Opens the circuit and waits until it may be probed. */
    private void openUntilDue() {
        fail(5);
        ticker.advance(Duration.ofSeconds(10));
    }

    @Test
    void opens_after_five_failures_in_a_row() {
        fail(4);
        assertThat(circuit()).isEqualTo(CLOSED);
        assertThat(breaker.failed(admitted(), ticker.nanos(), policy)).isEqualTo(OPEN);
        assertThat(circuit()).isEqualTo(OPEN);
        assertThat(isRefused()).isTrue();
    }

    @Test
    void a_success_in_between_starts_the_count_again() {
        fail(4);
        assertThat(breaker.succeeded(admitted())).isNull();
        fail(4);
        assertThat(circuit()).isEqualTo(CLOSED);
    }

    @Test
    void what_says_nothing_neither_trips_nor_resets() {
        fail(4);
        breaker.saidNothing(admitted());
        assertThat(circuit()).isEqualTo(CLOSED);
        fail(1);
        assertThat(circuit()).isEqualTo(OPEN);
    }

    @Test
    void lets_exactly_one_probe_through_when_its_time_is_over() {
        fail(5);
        ticker.advance(Duration.ofMillis(9_999));
        assertThat(circuit()).isEqualTo(OPEN);
        assertThat(breaker.remainingNanos(ticker.nanos())).isEqualTo(1_000_000);
        assertThat(isRefused()).isTrue();

        ticker.advance(Duration.ofMillis(1));
        assertThat(circuit()).isEqualTo(HALF_OPEN);
        assertThat(breaker.remainingNanos(ticker.nanos())).isZero();
        assertThat(admitted().probe()).isTrue();
        assertThat(circuit()).isEqualTo(HALF_OPEN);
        assertThat(breaker.remainingNanos(ticker.nanos())).isPositive();
        assertThat(isRefused()).isTrue();
    }

    @Test
    void a_probe_that_succeeds_closes_it() {
        openUntilDue();
        assertThat(breaker.succeeded(admitted())).isEqualTo(CLOSED);
        assertThat(admitted().probe()).isFalse();
        assertThat(breaker.isUntroubled()).isTrue();
        fail(4);
        assertThat(circuit()).isEqualTo(CLOSED);
    }

    @ParameterizedTest
    @CsvSource({"1, 10", "2, 20", "3, 30", "4, 40", "5, 50", "6, 60", "7, 60", "50, 60"})
    void stays_open_longer_each_time_up_to_a_minute(int openings, int seconds) {
        fail(5);
        for (int i = 1; i < openings; i++) {
            ticker.advance(Duration.ofMinutes(2));
            assertThat(breaker.failed(admitted(), ticker.nanos(), policy)).isEqualTo(OPEN);
        }
        assertThat(breaker.remainingNanos(ticker.nanos()))
                .isEqualTo(Duration.ofSeconds(seconds).toNanos());
    }

    @Test
    void after_it_has_closed_it_opens_for_the_first_time_again() {
        openUntilDue();
        breaker.failed(admitted(), ticker.nanos(), policy);
        ticker.advance(Duration.ofSeconds(20));
        breaker.succeeded(admitted());
        fail(5);
        assertThat(breaker.remainingNanos(ticker.nanos()))
                .isEqualTo(Duration.ofSeconds(10).toNanos());
    }

    @Test
    void a_probe_that_says_nothing_gives_its_slot_back() {
        openUntilDue();
        breaker.saidNothing(admitted());
        assertThat(circuit()).isEqualTo(HALF_OPEN);
        assertThat(admitted().probe()).isTrue();
        assertThat(isRefused()).isTrue();
    }

    @Test
    void a_probe_that_is_never_heard_of_loses_its_slot() {
        openUntilDue();
        Ticket lost = admitted();
        ticker.advance(Duration.ofSeconds(59));
        assertThat(isRefused()).isTrue();
        ticker.advance(Duration.ofSeconds(1));
        Ticket next = admitted();
        assertThat(next.probe()).isTrue();

        assertThat(breaker.succeeded(lost)).isNull();
        assertThat(breaker.failed(lost, ticker.nanos(), policy)).isNull();
        assertThat(circuit()).isEqualTo(HALF_OPEN);
        assertThat(breaker.succeeded(next)).isEqualTo(CLOSED);
    }

    @Test
    void a_call_from_before_it_opened_changes_nothing_any_more() {
        Ticket old = admitted();
        fail(5);
        assertThat(breaker.succeeded(old)).isNull();
        assertThat(breaker.failed(old, ticker.nanos(), policy)).isNull();
        assertThat(circuit()).isEqualTo(OPEN);
        assertThat(breaker.remainingNanos(ticker.nanos()))
                .isEqualTo(Duration.ofSeconds(10).toNanos());

        ticker.advance(Duration.ofSeconds(10));
        breaker.succeeded(admitted());
        fail(4);
        breaker.failed(old, ticker.nanos(), policy);
        breaker.succeeded(old);
        assertThat(circuit()).isEqualTo(CLOSED);
        fail(1);
        assertThat(circuit()).isEqualTo(OPEN);
    }

    @Test
    void a_call_let_through_while_it_is_open_closes_it_by_succeeding_and_does_nothing_by_failing() {
        fail(5);
        Ticket unlucky = breaker.admitAnyway(ticker.nanos(), policy);
        Ticket lucky = breaker.admitAnyway(ticker.nanos(), policy);
        assertThat(unlucky.probe()).isFalse();
        assertThat(breaker.failed(unlucky, ticker.nanos(), policy)).isNull();
        breaker.saidNothing(unlucky);
        assertThat(breaker.remainingNanos(ticker.nanos()))
                .isEqualTo(Duration.ofSeconds(10).toNanos());
        assertThat(breaker.succeeded(lucky)).isEqualTo(CLOSED);
    }

    @Test
    void a_call_let_through_anyway_is_the_probe_if_one_is_due() {
        openUntilDue();
        assertThat(breaker.admitAnyway(ticker.nanos(), policy).probe()).isTrue();
        Ticket beside = breaker.admitAnyway(ticker.nanos(), policy);
        assertThat(beside.probe()).isFalse();
        assertThat(breaker.failed(beside, ticker.nanos(), policy)).isNull();
        assertThat(isRefused()).isTrue();
        assertThat(breaker.succeeded(beside)).isEqualTo(CLOSED);
    }

    @Test
    void a_closed_one_with_a_failure_has_something_to_remember() {
        assertThat(breaker.isUntroubled()).isTrue();
        fail(1);
        assertThat(breaker.isUntroubled()).isFalse();
        breaker.succeeded(admitted());
        assertThat(breaker.isUntroubled()).isTrue();
        openUntilDue();
        assertThat(breaker.isUntroubled()).isFalse();
        assertThat(breaker.remainingNanos(ticker.nanos())).isZero();
    }
}
