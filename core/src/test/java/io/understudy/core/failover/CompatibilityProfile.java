package io.understudy.core.failover;

import io.understudy.core.backoff.Backoff;
import io.understudy.core.backoff.Jitter;
import io.understudy.core.failure.FailureKind;
import io.understudy.core.failure.Reaction;
import io.understudy.core.failure.ReactionTable;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The behaviour of the system that this project grew from, reached by configuration: five retriable statuses, three
 * providers with one retry each, growing delays before every further attempt. It goes with no memory of health.
 */
public final class CompatibilityProfile {
    private static final Set<Integer> RETRIABLE = Set.of(429, 500, 502, 503, 504);

    private CompatibilityProfile() {}

    /** The profile with this jitter; that system's own is {@code Jitter.factor(0.1)}. */
    public static FailoverPolicy policy(Jitter jitter) {
        Map<FailureKind, Reaction> answered = Arrays.stream(FailureKind.values())
                .filter(kind -> kind != FailureKind.CANCELLED && kind != FailureKind.CONNECTION)
                .collect(Collectors.toMap(Function.identity(), kind -> Reaction.FAIL));
        Map<Integer, Reaction> retried =
                RETRIABLE.stream().collect(Collectors.toMap(Function.identity(), status -> Reaction.RETRY));
        return new FailoverPolicy(
                3,
                1,
                new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5), 2, jitter),
                Duration.ofSeconds(5),
                true,
                true,
                ReactionTable.defaults().with(answered, retried),
                Map.of());
    }
}
