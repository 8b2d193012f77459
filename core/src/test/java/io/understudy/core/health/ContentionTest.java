package io.understudy.core.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.core.candidate.Candidate;
import io.understudy.core.failure.Failure;
import io.understudy.core.failure.FailureKind;
import io.understudy.core.health.CircuitBreaker.Ticket;
import io.understudy.core.health.HealthPolicy.Budget;
import io.understudy.core.time.FakeTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What holds when many threads meet at the same moment, over many rounds. */
class ContentionTest {
    private static final int THREADS = 8;
    private static final int ROUNDS = 500;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final CyclicBarrier start = new CyclicBarrier(THREADS);
    private final FakeTicker ticker = new FakeTicker();
    private final HealthPolicy policy = HealthPolicy.defaults();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    /** How many of the threads, all let go at once, get a yes. */
    private long yeses(Callable<Boolean> question) throws Exception {
        List<Future<Boolean>> answers = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            answers.add(threads.submit(() -> {
                start.await();
                return question.call();
            }));
        }
        long yeses = 0;
        for (Future<Boolean> answer : answers) {
            yeses += answer.get() ? 1 : 0;
        }
        return yeses;
    }

    @Test
    void one_thread_alone_gets_the_probe() throws Exception {
        CircuitBreaker breaker = new CircuitBreaker();
        for (int i = 0; i < policy.consecutiveFailures(); i++) {
            breaker.failed(breaker.admitAnyway(ticker.nanos(), policy), ticker.nanos(), policy);
        }
        for (int round = 0; round < ROUNDS; round++) {
            ticker.advance(policy.maxOpenTime());
            assertThat(yeses(() -> breaker.admit(ticker.nanos(), policy) != null))
                    .isEqualTo(1);
        }
    }

    @Test
    void no_counted_failure_is_lost_and_one_of_them_opens_the_circuit() throws Exception {
        HealthPolicy patient = new HealthPolicy(
                THREADS, policy.openTime(), policy.maxOpenTime(), policy.cooldown(), policy.retryBudget());
        for (int round = 0; round < ROUNDS; round++) {
            CircuitBreaker breaker = new CircuitBreaker();
            Ticket ticket = breaker.admitAnyway(ticker.nanos(), patient);
            assertThat(yeses(() -> breaker.failed(ticket, ticker.nanos(), patient) == CircuitState.OPEN))
                    .isEqualTo(1);
        }
    }

    @Test
    void together_they_never_take_more_than_the_budget_has() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            RetryBudget budget = new RetryBudget(ticker.nanos());
            assertThat(yeses(() -> budget.take(ticker.nanos(), new Budget(0, 0.3))))
                    .isLessThanOrEqualTo(3);
        }
    }

    @Test
    void no_request_is_lost_from_the_budget() throws Exception {
        RetryBudget budget = new RetryBudget(ticker.nanos());
        for (int round = 0; round < ROUNDS; round++) {
            yeses(() -> {
                budget.requested(ticker.nanos());
                return true;
            });
        }
        Budget all = new Budget(100, 0);
        for (int i = 0; i < THREADS * ROUNDS; i++) {
            assertThat(budget.take(ticker.nanos(), all)).isTrue();
        }
        assertThat(budget.take(ticker.nanos(), all)).isFalse();
    }

    @Test
    void the_longest_of_cooldowns_that_begin_together_stays() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            CooldownClock clock = new CooldownClock(ticker.nanos());
            yeses(() -> {
                long thread = Thread.currentThread().getId();
                return clock.begin(ticker.nanos(), Duration.ofNanos(1_000 + thread % THREADS)) > 0;
            });
            assertThat(clock.remainingNanos(ticker.nanos())).isEqualTo(1_000 + THREADS - 1);
        }
    }

    @Test
    void a_candidate_seen_for_the_first_time_by_all_has_one_health() throws Exception {
        LocalHealth health = new LocalHealth(policy, ticker);
        Failure limited = Failure.of(FailureKind.RATE_LIMITED, 429, "limited").withRetryAfter(Duration.ofSeconds(9));
        for (int round = 0; round < ROUNDS; round++) {
            Candidate candidate = new Candidate("p" + round, "m", 1, 0, true, Set.of("chat"));
            yeses(() -> {
                health.admit(candidate).ifPresent(admission -> admission.close(limited));
                return true;
            });
            assertThat(health.availability(candidate).state()).isEqualTo(Availability.State.HELD);
        }
    }
}
