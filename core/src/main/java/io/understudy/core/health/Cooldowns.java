package io.understudy.core.health;

/**
 * The cooldowns of one candidate or provider.
 *
 * @param own  those of our own reckoning
 * @param firm those that are never broken
 */
record Cooldowns(CooldownClock own, CooldownClock firm) {
    static Cooldowns none(long now) {
        return new Cooldowns(new CooldownClock(now), new CooldownClock(now));
    }

    CooldownClock clock(Cooldown cooldown) {
        return cooldown.firm() ? firm : own;
    }

    long remainingNanos(long now) {
        return Math.max(own.remainingNanos(now), firm.remainingNanos(now));
    }
}
