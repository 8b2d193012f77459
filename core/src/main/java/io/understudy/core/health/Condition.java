package io.understudy.core.health;

import java.time.Duration;

/**
 * A candidate's health, for people to look at.
 *
 * @param circuit          how its circuit stands
 * @param cooldown         what is left of its own cooldown, zero if none
 * @param providerCooldown what is left of its provider's, zero if none
 */
public record Condition(CircuitState circuit, Duration cooldown, Duration providerCooldown) {
    static final Condition UNTROUBLED = new Condition(CircuitState.CLOSED, Duration.ZERO, Duration.ZERO);
}
