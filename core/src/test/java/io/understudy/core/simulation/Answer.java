package io.understudy.core.simulation;

import io.understudy.core.failure.Failure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a call.
 *
 * @param after   how long it takes until the caller knows
 * @param failure what went wrong, null for a success
 */
record Answer(Duration after, @Nullable Failure failure) {
    /** The time that an error needs to come back. */
    private static final Duration QUICK = Duration.ofMillis(20);

    static Answer success(Duration after) {
        return new Answer(after, null);
    }

    static Answer error(Failure failure) {
        return new Answer(QUICK, failure);
    }

    /** No answer: the caller gives up long before. */
    static Answer never() {
        return success(Duration.ofDays(1));
    }
}
