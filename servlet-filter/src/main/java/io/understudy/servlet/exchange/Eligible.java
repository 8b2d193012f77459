package io.understudy.servlet.exchange;

import io.understudy.core.candidate.Candidate;
import io.understudy.core.candidate.CandidateFilter;
import io.understudy.servlet.config.Settings;
import io.understudy.servlet.dialect.ApiError;
import io.understudy.servlet.dialect.Dialect;
import io.understudy.servlet.inbound.InboundRequest;
import io.understudy.servlet.inbound.Quoted;
import io.understudy.servlet.inbound.Refusal;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** Who can be asked for a model: the offers that are left after everything that the request rules out. */
final class Eligible {
    private static final Logger LOG = System.getLogger("io.understudy.exchange");

    private Eligible() {}

    /** The candidates in the order of the configuration, at least one. */
    static List<Candidate> of(ModelChoice choice, InboundRequest request, Settings settings) throws Refusal {
        Dialect dialect = request.endpoint().dialect();
        CandidateFilter.Selection selection =
                CandidateFilter.select(choice.offers(), dialect.name(), choice.pin(), candidate -> true);
        if (selection.pinIgnored() && choice.pin() != null) {
            LOG.log(
                    Level.WARNING,
                    "{0}: the provider {1} does not offer the model {2}; all its candidates are used",
                    request.requestId(),
                    Quoted.of(choice.pin().provider()),
                    choice.model());
        }
        if (selection.candidates().isEmpty()) {
            throw new Refusal(ApiError.refusal(
                    404,
                    "no_provider",
                    "no provider of the model " + Quoted.of(choice.model()) + " can be asked in the dialect "
                            + dialect.name() + " (expected: an enabled candidate whose provider speaks it)"));
        }
        return dialect.isBoundToModel()
                ? comparable(selection.candidates(), settings.sameSpace().getOrDefault(choice.model(), Set.of()))
                : selection.candidates();
    }

    /** Those whose answers can stand beside the first one's: of the same upstream model, or marked so. */
    private static List<Candidate> comparable(List<Candidate> candidates, Set<Candidate> sameSpace) {
        Candidate first = candidates.stream()
                .min(Comparator.comparingInt(Candidate::priority))
                .orElseThrow();
        return candidates.stream()
                .filter(candidate -> candidate.model().equals(first.model()) || sameSpace.contains(candidate))
                .toList();
    }
}
