package io.understudy.core.health;

import io.understudy.core.failure.CooldownScope;
import io.understudy.core.failure.Failure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A time in which a candidate, or all of a provider, is not chosen.
 *
 * <table>
 * <caption>What begins one</caption>
 * <tr><th>failure</th><th>how long</th><th>firm</th></tr>
 * <tr><td>rate_limited</td><td>what the upstream asks for</td><td>yes</td></tr>
 * <tr><td>rate_limited, without that</td><td>{@link HealthPolicy#cooldown()}</td><td>no</td></tr>
 * <tr><td>overloaded</td><td>what the upstream asks for, if it does</td><td>yes</td></tr>
 * <tr><td>quota_exhausted</td><td>5 min, or what the upstream asks for if that is more or the status is 402 (where
 *     OpenRouter tells when requests under way will have been paid)</td><td>yes</td></tr>
 * <tr><td>unauthorized</td><td>1 min</td><td>no</td></tr>
 * <tr><td>unavailable, about the model</td><td>1 min</td><td>no</td></tr>
 * </table>
 *
 * <p>None is longer than a day.
 *
 * @param scope    who is not chosen
 * @param duration how long from its beginning
 * @param firm     whether it is never broken: the upstream asked for it, or the account has no credit
 */
public record Cooldown(CooldownScope scope, Duration duration, boolean firm) {
    private static final Duration QUOTA = Duration.ofMinutes(5);
    private static final Duration MISCONFIGURED = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofDays(1);

    /** The cooldown that a failure begins, null if none. */
    static @Nullable Cooldown after(Failure failure, Duration usual) {
        if (failure.cooldown() == CooldownScope.NONE) {
            return null;
        }
        Duration asked = failure.retryAfter();
        return switch (failure.kind()) {
            case RATE_LIMITED -> asked == null ? own(failure, usual) : firm(failure, asked);
            case OVERLOADED -> asked == null ? null : firm(failure, asked);
            case QUOTA_EXHAUSTED -> firm(failure, quota(failure));
            default -> own(failure, MISCONFIGURED);
        };
    }

    private static Duration quota(Failure failure) {
        Duration asked = failure.retryAfter();
        boolean believed = asked != null && (isStatus402(failure) || asked.compareTo(QUOTA) > 0);
        return asked != null && believed ? asked : QUOTA;
    }

    private static boolean isStatus402(Failure failure) {
        return failure.status() != null && failure.status() == 402;
    }

    private static Cooldown firm(Failure failure, Duration duration) {
        Duration bounded = duration.compareTo(LONGEST) < 0 ? duration : LONGEST;
        return new Cooldown(failure.cooldown(), bounded, true);
    }

    private static @Nullable Cooldown own(Failure failure, Duration duration) {
        return duration.isZero() ? null : new Cooldown(failure.cooldown(), duration, false);
    }
}
