package io.understudy.core.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.core.candidate.Candidate;
import io.understudy.core.failure.CooldownScope;
import io.understudy.core.failure.Failure;
import io.understudy.core.failure.FailureKind;
import io.understudy.core.health.CircuitState;
import io.understudy.core.health.Cooldown;
import io.understudy.core.health.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AttemptLeaseTest {
    private static final Failure CUT = Failure.of(FailureKind.CONNECTION, "cut");

    private final List<String> told = new ArrayList<>();
    private Verdict verdict = Verdict.UNCHANGED;

    private AttemptLease lease() {
        FailoverListener listener = new FailoverListener() {
            @Override
            public void attemptJudged(Attempt attempt, @Nullable Failure failure) {
                told.add("attempt " + attempt.id() + ": "
                        + (failure == null ? "fine" : failure.kind().label()));
            }

            @Override
            public void circuitChanged(Candidate candidate, CircuitState circuit) {
                told.add("circuit of " + candidate.provider() + ": " + circuit);
            }

            @Override
            public void cooldownBegan(Candidate candidate, Cooldown cooldown) {
                told.add("cooldown of " + candidate.provider() + ": " + cooldown.duration());
            }
        };
        Attempt attempt = new Attempt(7, Script.candidate("a"), 1);
        return new AttemptLease(attempt, failure -> verdict, listener);
    }

    @Test
    void the_first_end_counts() {
        AttemptLease lease = lease();
        lease.broken(CUT);
        lease.completed();
        lease.cancelled();
        assertThat(told).containsExactly("attempt 7: connection");
    }

    @Test
    void each_end_is_told_as_what_it_is() {
        lease().completed();
        lease().broken(CUT);
        lease().cancelled();
        assertThat(told).containsExactly("attempt 7: fine", "attempt 7: connection", "attempt 7: cancelled");
    }

    @Test
    void what_changed_is_told_after_the_attempt() {
        Cooldown cooldown = new Cooldown(CooldownScope.CANDIDATE, Duration.ofSeconds(5), false);
        verdict = new Verdict(false, CircuitState.OPEN, cooldown);
        lease().broken(CUT);
        assertThat(told).containsExactly("attempt 7: connection", "circuit of a: OPEN", "cooldown of a: PT5S");
    }

    @Test
    void of_many_threads_one_ends_it() throws InterruptedException {
        AttemptLease lease = lease();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        IntStream.range(0, 8).forEach(i -> threads.execute(i % 2 == 0 ? lease::completed : lease::cancelled));
        threads.shutdown();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        assertThat(told).hasSize(1);
    }
}
