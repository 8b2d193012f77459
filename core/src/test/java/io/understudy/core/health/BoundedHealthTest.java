package io.understudy.core.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.understudy.core.candidate.Candidate;
import io.understudy.core.failure.Failure;
import io.understudy.core.failure.FailureKind;
import io.understudy.core.time.FakeTicker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BoundedHealthTest {
    private static final Candidate BOUNDED = candidate("bounded", "m");
    private static final Candidate FREE = candidate("free", "m");

    private final LocalHealth memory = new LocalHealth(HealthPolicy.defaults(), new FakeTicker());
    private final BoundedHealth health = BoundedHealth.of(memory, Map.of("bounded", 2));

    private static Candidate candidate(String provider, String model) {
        return new Candidate(provider, model, 1, 0, true, Set.of("chat"));
    }

    private static Availability.State state(Health health, Candidate candidate) {
        return health.availability(candidate).state();
    }

    private Admission take(Candidate candidate) {
        return health.admit(candidate).orElseThrow();
    }

    @Test
    void a_full_provider_is_held_and_never_called() {
        take(BOUNDED);
        assertThat(state(health, BOUNDED)).isEqualTo(Availability.State.READY);
        take(candidate("bounded", "another"));

        assertThat(health.availability(BOUNDED))
                .isEqualTo(new Availability(Availability.State.HELD, Duration.ofSeconds(1)));
        assertThat(health.admit(BOUNDED)).isEmpty();
        assertThat(health.admitAnyway(BOUNDED)).isEmpty();
    }

    @Test
    void a_place_is_given_back_once_however_the_call_ends() {
        for (Failure failure :
                new Failure[] {null, Failure.of(FailureKind.CANCELLED, "x"), Failure.of(FailureKind.BAD_REQUEST, "x")
                }) {
            Admission first = take(BOUNDED);
            Admission second = take(BOUNDED);
            first.close(failure);
            first.close(failure);

            Admission third = take(BOUNDED);
            assertThat(health.admit(BOUNDED)).isEmpty();
            second.close(failure);
            third.close(failure);
        }
    }

    @Test
    void a_candidate_that_is_not_admitted_takes_no_place() {
        Failure limited = Failure.of(FailureKind.RATE_LIMITED, "x");
        Admission other = take(BOUNDED);
        take(BOUNDED).close(limited);

        assertThat(health.admit(BOUNDED)).isEmpty();
        assertThat(health.admit(BOUNDED)).isEmpty();
        other.close(null);

        assertThat(health.admitAnyway(BOUNDED)).isPresent();
        assertThat(health.admitAnyway(BOUNDED)).isPresent();
        assertThat(health.admitAnyway(BOUNDED)).isEmpty();
    }

    @Test
    void a_retry_takes_a_place_and_is_not_held_up_by_its_own_cooldown() {
        Admission first = take(BOUNDED);
        first.close(Failure.of(FailureKind.RATE_LIMITED, "x"));

        assertThat(health.admitAgain(BOUNDED, first)).isPresent();
        assertThat(health.admitAgain(BOUNDED, first)).isPresent();
        assertThat(health.admitAgain(BOUNDED, first)).isEmpty();
    }

    @Test
    void others_have_no_bound() {
        for (int i = 0; i < 100; i++) {
            assertThat(health.admit(FREE)).isPresent();
        }
        assertThat(state(health, FREE)).isEqualTo(Availability.State.READY);
    }

    @Test
    void a_longer_cooldown_is_said_as_it_is() {
        take(BOUNDED);
        take(BOUNDED).close(Failure.of(FailureKind.RATE_LIMITED, "x").withRetryAfter(Duration.ofSeconds(30)));

        assertThat(health.successor(memory, Map.of("bounded", 1), Set.of("bounded"))
                        .availability(BOUNDED))
                .isEqualTo(new Availability(Availability.State.HELD, Duration.ofSeconds(30)));
    }

    @Test
    void calls_under_way_count_at_the_successor_if_the_provider_is_the_same() {
        Admission running = take(BOUNDED);
        BoundedHealth smaller = health.successor(memory, Map.of("bounded", 1), Set.of("bounded"));

        assertThat(smaller.admit(BOUNDED)).isEmpty();
        running.close(null);
        assertThat(smaller.admit(BOUNDED)).isPresent();
    }

    @Test
    void another_provider_of_the_same_name_starts_empty() {
        take(BOUNDED);

        assertThat(health.successor(memory, Map.of("bounded", 1), Set.of()).admit(BOUNDED))
                .isPresent();
    }

    @Test
    void a_bound_is_at_least_one() {
        assertThatThrownBy(() -> BoundedHealth.of(memory, Map.of("x", 0))).hasMessage("bound: 0 (expected: >= 1)");
    }

    @Test
    void never_are_more_calls_under_way_than_there_are_places() throws Exception {
        AtomicInteger underWay = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<?>> calls = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            calls.add(threads.submit(() -> {
                start.await();
                for (int n = 0; n < 5_000; n++) {
                    health.admit(BOUNDED).ifPresent(admission -> {
                        most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                        underWay.decrementAndGet();
                        admission.close(null);
                    });
                }
                return null;
            }));
        }
        start.countDown();
        for (Future<?> call : calls) {
            call.get();
        }
        threads.shutdown();

        assertThat(most.get()).isBetween(1, 2);
        assertThat(health.admit(BOUNDED)).isPresent();
        assertThat(health.admit(BOUNDED)).isPresent();
        assertThat(health.admit(BOUNDED)).isEmpty();
    }
}
