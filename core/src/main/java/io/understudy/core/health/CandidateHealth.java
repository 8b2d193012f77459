package io.understudy.core.health;

import io.understudy.core.failure.CooldownScope;
import java.time.Duration;

/** Everything that is remembered of one candidate. */
record CandidateHealth(CircuitBreaker circuit, Cooldowns cooldowns, Cooldowns providerCooldowns, RetryBudget budget) {
    static CandidateHealth fresh(Cooldowns providerCooldowns, long now) {
        return new CandidateHealth(new CircuitBreaker(), Cooldowns.none(now), providerCooldowns, new RetryBudget(now));
    }

    CooldownClock clock(Cooldown cooldown) {
        boolean all = cooldown.scope() == CooldownScope.PROVIDER;
        return (all ? providerCooldowns : cooldowns).clock(cooldown);
    }

    Condition condition(long now) {
        return new Condition(
                circuit.circuit(now),
                Duration.ofNanos(cooldowns.remainingNanos(now)),
                Duration.ofNanos(providerCooldowns.remainingNanos(now)));
    }

    Availability availability(long now) {
        long cooling = Math.max(cooldowns.remainingNanos(now), providerCooldowns.remainingNanos(now));
        if (isHeld(now)) {
            return new Availability(Availability.State.HELD, Duration.ofNanos(cooling));
        }
        return switch (circuit.circuit(now)) {
            case OPEN ->
                new Availability(
                        Availability.State.OPEN, Duration.ofNanos(Math.max(cooling, circuit.remainingNanos(now))));
            case CLOSED -> coolingOrReady(cooling);
            case HALF_OPEN ->
                circuit.remainingNanos(now) > 0
                        ? new Availability(Availability.State.PROBING, Duration.ofNanos(cooling))
                        : coolingOrReady(cooling);
        };
    }

    private static Availability coolingOrReady(long cooling) {
        return cooling == 0
                ? Availability.READY
                : new Availability(Availability.State.COOLING, Duration.ofNanos(cooling));
    }

    boolean isHeld(long now) {
        return cooldowns.firm().remainingNanos(now) > 0
                || providerCooldowns.firm().remainingNanos(now) > 0;
    }

    boolean isCooling(long now) {
        return cooldowns.remainingNanos(now) > 0 || providerCooldowns.remainingNanos(now) > 0;
    }

    /** Whether a cooldown goes on other than those that this call and the ones that it repeats have begun. */
    boolean isCoolingBeside(LocalAdmission previous, long now) {
        return isCoolingBeside(cooldowns.own(), previous, now)
                || isCoolingBeside(cooldowns.firm(), previous, now)
                || isCoolingBeside(providerCooldowns.own(), previous, now)
                || isCoolingBeside(providerCooldowns.firm(), previous, now);
    }

    private static boolean isCoolingBeside(CooldownClock clock, LocalAdmission previous, long now) {
        return clock.outlasts(now, previous.causedUntil(clock, now));
    }

    boolean isUntroubled(long now) {
        return circuit.isUntroubled() && cooldowns.remainingNanos(now) == 0;
    }
}
