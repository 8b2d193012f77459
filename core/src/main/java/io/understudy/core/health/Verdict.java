package io.understudy.core.health;

import org.jspecify.annotations.Nullable;

/**
 * What an attempt's end changed in the candidate's health.
 *
 * @param retryable whether the same exchange may ask this candidate again: not after a failed probe, and not when this
 *     failure opened the circuit
 * @param circuit   the circuit's new state, null when it did not change
 * @param cooldown  the cooldown that began, null when none did
 */
public record Verdict(boolean retryable, @Nullable CircuitState circuit, @Nullable Cooldown cooldown) {
    /** Nothing changed. */
    public static final Verdict UNCHANGED = new Verdict(true, null, null);
}
