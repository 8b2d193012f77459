package io.understudy.core.failover;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an exchange ended without an answer.
 *
 * @param end        why
 * @param failures   the attempts that failed, in order
 * @param retryAfter the smallest remaining wait that is known to help, null when none is known
 */
public record Summary(End end, List<AttemptFailure> failures, @Nullable Duration retryAfter) {
    public Summary {
        failures = List.copyOf(failures);
    }
}
