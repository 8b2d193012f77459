package io.understudy.core.health;

import io.understudy.core.failure.CooldownScope;
import java.time.Duration;

/**
 * A time in which a candidate, or all of a provider, is not chosen.
 *
 * @param scope    who is not chosen
 * @param duration how long from its beginning
 * @param firm     whether it is never broken: the upstream asked for it, or the account has no credit
 */
public record Cooldown(CooldownScope scope, Duration duration, boolean firm) {}
