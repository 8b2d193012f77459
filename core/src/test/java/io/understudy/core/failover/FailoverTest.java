package io.understudy.core.failover;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.core.candidate.Candidate;
import io.understudy.core.health.Health;
import io.understudy.core.time.FakeTicker;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FailoverTest {
    private final Random dice = new Random(3);
    private final Failover failover = new Failover(
            FailoverPolicy.defaults(),
            Health.alwaysAvailable(),
            new FakeTicker(),
            () -> dice,
            FailoverListener.silent());

    @Test
    void a_plan_is_drawn_anew_for_each_request() {
        List<Candidate> candidates = List.of(Script.candidate("a"), Script.candidate("b"));
        Set<Candidate> firsts = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            firsts.add(failover.plan(candidates).candidates().get(0));
        }
        assertThat(firsts).hasSize(2);
    }

    @Test
    void a_plan_of_nobody_is_empty() {
        assertThat(failover.plan(List.of()).candidates()).isEmpty();
    }
}
