package io.understudy.core.failover;

import static io.understudy.core.failover.Telling.FIRST;
import static io.understudy.core.failover.Telling.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.understudy.core.candidate.Candidate;
import io.understudy.core.failure.Failure;
import io.understudy.core.failure.FailureKind;
import io.understudy.core.time.Sleeper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class FailoverCallTest {
    private final Telling telling = new Telling();
    private final List<Duration> slept = new ArrayList<>();
    private final CallPolicy terms = CallPolicy.defaults();
    private int retries = 1;

    private Failover failover() {
        return telling.failover(3, retries);
    }

    private void sleep(Duration duration) {
        slept.add(duration);
        telling.ticker.advance(duration);
    }

    private String call(BlockingCall<String> upstream, Candidate... candidates) {
        return failover().call(List.of(candidates), terms, this::sleep, upstream);
    }

    private FailoverException failing(BlockingCall<String> upstream, Candidate... candidates) {
        return catchThrowableOfType(FailoverException.class, () -> call(upstream, candidates));
    }

    @Test
    void an_answer_is_handed_back_and_told_once() {
        assertThat(call((candidate, timeout) -> candidate.provider() + " " + timeout.toMinutes(), FIRST))
                .isEqualTo("a 10");
        assertThat(telling.told).containsExactly("a1 fine");
    }

    @Test
    void an_exception_is_failed_over() {
        String answer = call(
                (candidate, timeout) -> {
                    if (candidate.equals(FIRST)) {
                        throw new ConnectException("refused");
                    }
                    return candidate.provider();
                },
                FIRST,
                SECOND);
        assertThat(answer).isEqualTo("b");
        assertThat(slept).containsExactly(Duration.ofMillis(200));
        assertThat(telling.told).containsExactly("a1 connection", "a2 connection", "b3 fine");
    }

    @Test
    void when_all_fail_the_last_exception_is_the_cause_and_the_earlier_ones_are_suppressed() {
        retries = 0;
        IOException first = new IOException("first");
        TimeoutException last = new TimeoutException("last");
        FailoverException failed = failing(
                (candidate, timeout) -> {
                    throw candidate.equals(FIRST) ? first : last;
                },
                FIRST,
                SECOND);
        assertThat(failed)
                .hasMessage("no candidate answered: a/m the connection failed, b/m no answer in time")
                .hasCause(last)
                .hasSuppressedException(first);
        assertThat(failed.summary().end()).isEqualTo(End.EXHAUSTED);
    }

    @Test
    void a_mistake_in_the_call_ends_it_at_once() {
        IllegalArgumentException mistake = new IllegalArgumentException("invalid network configuration");
        FailoverException failed = failing(
                (candidate, timeout) -> {
                    throw mistake;
                },
                FIRST,
                SECOND);
        assertThat(failed)
                .hasMessage("the request was refused: a/m the call could not be made")
                .hasCause(mistake);
        assertThat(telling.told).hasSize(1);
    }

    @Test
    void an_error_is_thrown_as_it_is_and_blames_nobody() {
        AssertionError error = new AssertionError("broken");
        assertThatThrownBy(() -> call(
                        (candidate, timeout) -> {
                            throw error;
                        },
                        FIRST,
                        SECOND))
                .isSameAs(error);
        assertThat(telling.told).containsExactly("a1 cancelled");
    }

    @Test
    void a_classifier_that_throws_ends_the_exchange_and_gives_the_slot_back() {
        CallPolicy broken = terms.withClassifier(thrown -> {
            throw new IllegalStateException("classifier");
        });
        assertThatThrownBy(() -> failover().call(List.of(FIRST), broken, this::sleep, (candidate, timeout) -> {
                    throw new IOException("cut");
                }))
                .hasMessage("classifier");
        assertThat(telling.told).containsExactly("a1 cancelled");
    }

    @Test
    void an_interruption_during_a_pause_ends_the_exchange_and_stays() {
        InterruptedException interruption = new InterruptedException();
        FailoverException failed = catchThrowableOfType(FailoverException.class, () -> failover()
                .call(
                        List.of(FIRST, SECOND),
                        terms,
                        duration -> {
                            throw interruption;
                        },
                        (candidate, timeout) -> {
                            throw new IOException("cut");
                        }));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(failed)
                .hasMessage("the call was cancelled: a/m the connection failed")
                .hasCause(interruption);
        assertThat(failed.getSuppressed()).hasSize(1);
        assertThat(telling.told).containsExactly("a1 connection");
    }

    @Test
    void an_interruption_during_the_call_ends_the_exchange_and_stays() {
        FailoverException failed = failing(
                (candidate, timeout) -> {
                    throw new InterruptedException();
                },
                FIRST,
                SECOND);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(failed.summary().end()).isEqualTo(End.CANCELLED);
        assertThat(telling.told).containsExactly("a1 cancelled");
    }

    @Test
    void an_exception_that_is_no_interruption_leaves_the_thread_uninterrupted() {
        failing(
                (candidate, timeout) -> {
                    throw new IOException("cut");
                },
                FIRST);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void nobody_to_call_is_told_as_that() {
        assertThat(failing((candidate, timeout) -> "never"))
                .hasMessage("no candidate may be called now")
                .hasNoCause();
    }

    @Test
    void time_that_is_over_is_told_as_that() {
        CallPolicy hurried = new CallPolicy(Duration.ZERO, Duration.ofSeconds(1), terms.classifier());
        assertThatThrownBy(() -> failover().call(List.of(FIRST), hurried, this::sleep, (candidate, timeout) -> "never"))
                .hasMessage("no time is left");
    }

    @Test
    void without_any_terms_the_defaults_hold() {
        assertThat(failover().<String>call(List.of(FIRST), (candidate, timeout) -> candidate.provider()))
                .isEqualTo("a");
        Failure reset = terms.classifier().apply(new UncheckedIOException(new IOException("reset")));
        assertThat(reset.kind()).isEqualTo(FailureKind.CONNECTION);
        assertThat(reset.maybeBilled()).isTrue();
        assertThat(terms.classifier().apply(new ConnectException("refused")).maybeBilled())
                .isFalse();
    }

    @Test
    void the_systems_sleeper_sleeps() throws InterruptedException {
        long before = System.nanoTime();
        Sleeper.system().sleep(Duration.ofNanos(2_500_000));
        assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(2_000_000);
    }
}
