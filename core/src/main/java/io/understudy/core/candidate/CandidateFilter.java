package io.understudy.core.candidate;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The choice of those offers of a model that a request can go to.
 *
 * <p>An offer is left out when it is disabled, when its provider does not speak the request's dialect, or when the
 * request itself rules it out. A pinned provider that offers the model leaves no other, even if its own offer is then
 * left out for one of these reasons; a pinned provider that does not offer it is ignored.
 */
public final class CandidateFilter {
    private CandidateFilter() {}

    /**
     * What is left of a model's offers.
     *
     * @param candidates in the order of the offers, possibly none
     * @param pinIgnored whether a provider was asked for that does not offer the model
     */
    public record Selection(List<Candidate> candidates, boolean pinIgnored) {
        public Selection {
            candidates = List.copyOf(candidates);
        }
    }

    /** The offers that a request in this dialect, with this pin, can go to. */
    public static Selection select(
            List<Candidate> offers, String dialect, @Nullable Pin pin, Predicate<Candidate> allowed) {
        boolean pinned = pin != null && offers.stream().anyMatch(offer -> isOf(offer, pin));
        List<Candidate> candidates = offers.stream()
                .filter(offer -> !pinned || isOf(offer, pin))
                .filter(offer -> offer.enabled() && offer.dialects().contains(dialect))
                .filter(allowed)
                .toList();
        return new Selection(candidates, pin != null && !pinned);
    }

    private static boolean isOf(Candidate offer, @Nullable Pin pin) {
        return pin != null && offer.provider().equals(pin.provider());
    }
}
