package io.understudy.core.failover;

import io.understudy.core.backoff.Backoff;
import io.understudy.core.failure.Failure;
import io.understudy.core.failure.FailureKind;
import io.understudy.core.failure.Reaction;
import io.understudy.core.failure.ReactionTable;
import java.time.Duration;
import java.util.Map;

/**
 * How failover goes about it.
 *
 * @param maxProviderAttempts how many candidates are tried at most, at least 1; default 3
 * @param sameProviderRetries how often each of them is asked again at most; default 1
 * @param backoff             the pause before a candidate is asked again
 * @param maxRetryAfter       the longest wait, asked for by an upstream or left of a cooldown, that is waited out;
 *     default 3 s
 * @param delayOnSwitch       whether moving to another candidate is preceded by a pause, too, and pauses grow with all
 *     calls of the exchange instead of each candidate's own; default false
 * @param resendAfterWrite    whether a request is sent again that was lost with its connection after it had been
 *     written, so that it may be billed twice; default true
 * @param reactions           what failures lead to
 * @param providerReactions   what failures of some providers lead to; such a table replaces {@code reactions} and is
 *     thus best made from it with {@link ReactionTable#with}
 */
public record FailoverPolicy(
        int maxProviderAttempts,
        int sameProviderRetries,
        Backoff backoff,
        Duration maxRetryAfter,
        boolean delayOnSwitch,
        boolean resendAfterWrite,
        ReactionTable reactions,
        Map<String, ReactionTable> providerReactions) {
    public FailoverPolicy {
        if (maxProviderAttempts < 1) {
            throw new IllegalArgumentException("maxProviderAttempts: " + maxProviderAttempts + " (expected: >= 1)");
        }
        if (sameProviderRetries < 0) {
            throw new IllegalArgumentException("sameProviderRetries: " + sameProviderRetries + " (expected: >= 0)");
        }
        if (maxRetryAfter.isNegative()) {
            throw new IllegalArgumentException("maxRetryAfter: " + maxRetryAfter + " (expected: >= 0)");
        }
        providerReactions = Map.copyOf(providerReactions);
    }

    /** Every value at its default. */
    public static FailoverPolicy defaults() {
        return new FailoverPolicy(
                3, 1, Backoff.defaults(), Duration.ofSeconds(3), false, true, ReactionTable.defaults(), Map.of());
    }

    /** What a failure of this provider leads to. */
    Reaction reaction(String provider, Failure failure) {
        if (failure.kind() == FailureKind.CONNECTION && failure.maybeBilled() && !resendAfterWrite) {
            return Reaction.FAIL;
        }
        return providerReactions.getOrDefault(provider, reactions).reaction(failure);
    }
}
