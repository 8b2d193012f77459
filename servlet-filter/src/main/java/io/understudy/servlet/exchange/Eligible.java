package io.understudy.servlet.exchange;

import io.understudy.core.candidate.Candidate;
import io.understudy.core.candidate.CandidateFilter;
import io.understudy.core.candidate.Pin;
import io.understudy.servlet.affinity.Binding;
import io.understudy.servlet.config.ProviderSettings;
import io.understudy.servlet.config.Settings;
import io.understudy.servlet.dialect.ApiError;
import io.understudy.servlet.dialect.Dialect;
import io.understudy.servlet.inbound.InboundRequest;
import io.understudy.servlet.inbound.Quoted;
import io.understudy.servlet.inbound.Refusal;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Who can be asked: what is left after everything that the request rules out, at least one candidate. */
final class Eligible {
    private static final Logger LOG = System.getLogger("io.understudy.exchange");
    /** Stands for the model where none is asked for: the provider itself is the candidate. */
    private static final String ANY_MODEL = "*";

    private Eligible() {}

    /** The offers of a model, in the order of the configuration. */
    static List<Candidate> ofModel(ModelChoice choice, InboundRequest request, Settings settings, Binding binding)
            throws Refusal {
        Dialect dialect = request.endpoint().dialect();
        CandidateFilter.Selection selection = CandidateFilter.select(
                choice.offers(), dialect.name(), binding.owner() == null ? choice.pin() : null, binding::admits);
        if (selection.pinIgnored() && choice.pin() != null) {
            LOG.log(
                    Level.WARNING,
                    "{0}: the provider {1} does not offer the model {2}; all its candidates are used",
                    request.requestId(),
                    Quoted.of(choice.pin().provider()),
                    choice.model());
        }
        requireSome(selection, " of the model " + Quoted.of(choice.model()), request, binding);
        return dialect.isBoundToModel()
                ? settings.comparable(choice.model(), selection.candidates())
                : selection.candidates();
    }

    /** The providers themselves, in the order of the configuration. */
    static List<Candidate> ofState(InboundRequest request, Settings settings, Binding binding) throws Refusal {
        List<Candidate> all = new ArrayList<>();
        if (settings.asksApplication()) {
            all.add(new Candidate(Settings.CHAIN, ANY_MODEL, 1, all.size(), true, Set.copyOf(Settings.DIALECTS)));
        }
        for (ProviderSettings provider : settings.providers().values()) {
            all.add(new Candidate(provider.name(), ANY_MODEL, 1, all.size(), provider.enabled(), provider.dialects()));
        }
        Pin pin = binding.owner() == null ? ModelChoice.pin(request) : null;
        CandidateFilter.Selection selection =
                CandidateFilter.select(all, request.endpoint().dialect().name(), pin, binding::admits);
        requireSome(selection, "", request, binding);
        return selection.candidates();
    }

    private static void requireSome(
            CandidateFilter.Selection selection, String ofWhat, InboundRequest request, Binding binding)
            throws Refusal {
        if (selection.candidates().isEmpty()) {
            String bound =
                    binding.owner() == null ? "" : "; only " + binding.owner() + " has what the request refers to";
            throw new Refusal(ApiError.refusal(
                    404,
                    "no_provider",
                    "no provider" + ofWhat + " can be asked in the dialect "
                            + request.endpoint().dialect().name()
                            + " (expected: an enabled candidate whose provider speaks it" + bound + ")"));
        }
    }
}
