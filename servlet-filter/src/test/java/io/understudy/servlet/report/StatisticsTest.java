package io.understudy.servlet.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.core.candidate.Candidate;
import io.understudy.core.failover.Attempt;
import io.understudy.core.failure.Failure;
import io.understudy.core.failure.FailureKind;
import io.understudy.servlet.report.CandidateFigures.LastFailure;
import io.understudy.servlet.report.ExchangeRecord.Outcome;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatisticsTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final Candidate A = new Candidate("a", "model-a", 1, 0, true, Set.of("chat"));
    private static final Candidate B = new Candidate("b", "model-b", 1, 0, true, Set.of("chat"));

    private final Statistics statistics = new Statistics(InstantSource.fixed(NOW));

    @Test
    void a_candidate_that_was_never_called_has_no_figures() {
        assertThat(statistics.figures(A)).isEqualTo(new CandidateFigures(0, 0, null, null, null));
    }

    @Test
    void calls_are_counted_when_they_are_judged() {
        statistics.attemptJudged(new Attempt(1, A, 1), Failure.of(FailureKind.OVERLOADED, 503, "m"));
        statistics.attemptJudged(new Attempt(2, A, 2), null);
        statistics.attemptJudged(new Attempt(3, B, 1), null);
        assertThat(statistics.figures(A))
                .isEqualTo(new CandidateFigures(2, 1, new LastFailure("overloaded", 503, NOW), null, null));
        assertThat(statistics.figures(B)).isEqualTo(new CandidateFigures(1, 0, null, null, null));
    }

    @Test
    void a_call_whose_caller_left_says_nothing() {
        statistics.attemptJudged(new Attempt(1, A, 1), Failure.of(FailureKind.CANCELLED, "m"));
        assertThat(statistics.figures(A)).isEqualTo(CandidateFigures.NONE);
    }

    @Test
    void only_what_succeeded_is_timed() {
        statistics.ended(Exchanges.of(
                "gpt", null, Outcome.SUCCESS, Exchanges.attempt("a", "timeout", 9000), Exchanges.stream("b", 70, 800)));
        assertThat(statistics.figures(A).latencyMs()).isNull();
        assertThat(statistics.figures(B).latencyMs()).isEqualTo(new Quantiles(800, 800));
        assertThat(statistics.figures(B).firstTokenMs()).isEqualTo(new Quantiles(70, 70));
    }

    @Test
    void many_threads_together_lose_no_call() {
        IntStream.range(0, 10_000).parallel().forEach(i -> statistics.attemptJudged(new Attempt(1, A, 1), null));
        assertThat(statistics.figures(A).requests()).isEqualTo(10_000);
    }

    /** 1, 2, 3 … ms: the nearest rank is the percentage of their number, rounded up. */
    @ParameterizedTest
    @CsvSource({"1, 1, 1", "2, 1, 2", "3, 2, 3", "99, 50, 99", "100, 50, 99", "101, 51, 100", "512, 256, 507"})
    void quantiles_are_of_the_nearest_rank(int number, long p50, long p99) {
        Window window = new Window();
        LongStream.rangeClosed(1, number).forEach(window::add);
        assertThat(window.quantiles()).isEqualTo(new Quantiles(p50, p99));
    }

    @Test
    void only_the_latest_durations_count() {
        Window window = new Window();
        LongStream.rangeClosed(1, 5000).forEach(window::add);
        LongStream.rangeClosed(1, 512).forEach(i -> window.add(7));
        assertThat(window.quantiles()).isEqualTo(new Quantiles(7, 7));
    }

    @Test
    void the_longest_durations_stay_long() {
        Window window = new Window();
        window.add(Long.MAX_VALUE);
        assertThat(window.quantiles()).isEqualTo(new Quantiles(Integer.MAX_VALUE, Integer.MAX_VALUE));
    }
}
