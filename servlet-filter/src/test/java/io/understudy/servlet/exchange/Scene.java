package io.understudy.servlet.exchange;

import io.understudy.core.candidate.Candidate;
import io.understudy.core.failover.FailoverPolicy;
import io.understudy.core.health.HealthPolicy;
import io.understudy.servlet.fake.Configured;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A policy, candidates and what their upstreams do about one call after the other, all over again when the list is over.
 *
 * @param health null if nothing is remembered
 */
record Scene(
        FailoverPolicy policy,
        @Nullable HealthPolicy health,
        int size,
        List<Outcome> outcomes,
        Duration exchange,
        Duration callTime) {
    List<Candidate> candidates() {
        return IntStream.range(0, size)
                .mapToObj(i -> Configured.candidate("p" + i, "m"))
                .toList();
    }
}
