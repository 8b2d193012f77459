package io.understudy.core.health;

import io.understudy.core.failure.Failure;
import org.jspecify.annotations.Nullable;

/** The right to make one call to a candidate. Whoever holds it must close it; thread-safe. */
public interface Admission {
    /**
     * Judges the call. Only the first time counts; a later one changes nothing.
     *
     * @param failure what went wrong, null for a success
     */
    Verdict close(@Nullable Failure failure);
}
