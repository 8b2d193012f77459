package io.understudy.core.candidate;

import java.util.Set;

/**
 * One provider's offer of a model.
 *
 * @param provider the configured name of the upstream service
 * @param model    the model's id at that service, not the public name a caller asks for
 * @param weight   the share of first places within its priority; 0 comes after all others of its priority
 * @param priority lower numbers go first, as in DNS SRV (RFC 2782)
 * @param enabled  whether it may be chosen at all
 * @param dialects the API dialects its provider speaks, such as {@code chat}
 */
public record Candidate(
        String provider, String model, double weight, int priority, boolean enabled, Set<String> dialects) {
    public Candidate {
        if (provider.isBlank()) {
            throw new IllegalArgumentException("provider: \"" + provider + "\" (expected: a name)");
        }
        if (model.isBlank()) {
            throw new IllegalArgumentException("model: \"" + model + "\" (expected: a name)");
        }
        if (!Double.isFinite(weight) || weight < 0) {
            throw new IllegalArgumentException("weight: " + weight + " (expected: a finite number >= 0)");
        }
        dialects = Set.copyOf(dialects);
    }

    /** An enabled candidate of weight 1, for a caller to whom dialects mean nothing. */
    public static Candidate of(String provider, String model, int priority) {
        return new Candidate(provider, model, 1, priority, true, Set.of());
    }
}
