package io.understudy.core.failover;

import static io.understudy.core.failover.Script.candidate;
import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.core.backoff.Jitter;
import io.understudy.core.candidate.Plan;
import io.understudy.core.failure.ErrorFacts;
import io.understudy.core.failure.Failure;
import io.understudy.core.failure.FailureClassifier;
import io.understudy.core.health.Health;
import io.understudy.core.time.Deadline;
import io.understudy.core.time.FakeTicker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the {@link CompatibilityProfile} promises. */
class CompatibilityTest {
    private final FakeTicker ticker = new FakeTicker();
    private final FailureClassifier classifier = new FailureClassifier(false, List.of());

    private Script run(Jitter jitter, int status) {
        Failure failure = classifier.classify(new ErrorFacts(status, Map.of(), null, null, null, null), Instant.EPOCH);
        Failover failover = new Failover(
                CompatibilityProfile.policy(jitter),
                Health.alwaysAvailable(),
                ticker,
                () -> new Random(5),
                FailoverListener.silent());
        Plan plan = new Plan(List.of(candidate("a"), candidate("b"), candidate("c"), candidate("d")));
        Deadline deadline = Deadline.after(Duration.ofMinutes(10), ticker);
        return new Script(ticker, Duration.ZERO, attempt -> failure)
                .run(failover.begin(plan, deadline, Duration.ofMinutes(1)));
    }

    @Test
    void exactly_six_calls_are_made_when_everything_answers_503() {
        assertThat(run(Jitter.none(), 503).lines())
                .containsExactly(
                        "a", "200ms", "a", "400ms", "b", "800ms", "b", "1600ms", "c", "3200ms", "c", "EXHAUSTED");
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503, 504})
    void the_five_statuses_are_retried(int status) {
        assertThat(run(Jitter.none(), status).calls()).hasSize(6);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 402, 403, 404, 408, 409, 413, 422, 501, 529})
    void every_other_status_is_the_answer(int status) {
        assertThat(run(Jitter.none(), status).lines()).containsExactly("a", "FAIL");
    }

    @Test
    void jitter_lengthens_each_delay_by_less_than_a_tenth() {
        Duration waited = run(Jitter.factor(0.1), 503).waited();
        assertThat(waited).isBetween(Duration.ofMillis(6_200), Duration.ofMillis(6_820));
        assertThat(waited).isNotEqualTo(Duration.ofMillis(6_200));
        assertThat(run(Jitter.factor(0), 503).waited()).isEqualTo(Duration.ofMillis(6_200));
    }
}
