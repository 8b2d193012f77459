package io.understudy.servlet.affinity;

import io.understudy.core.candidate.Candidate;
import io.understudy.core.candidate.Plan;
import io.understudy.core.failure.CooldownScope;
import io.understudy.core.failure.ErrorFacts;
import io.understudy.core.failure.Failure;
import io.understudy.core.failure.FailureKind;
import io.understudy.servlet.dialect.StateReferences;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a request is bound to one provider by what it refers to. If it is known who keeps that, nobody else is asked. If
 * not, the providers are asked in turn: one that says that it does not have it leads to the next, any other failure ends
 * the search, for it tells nothing about who does.
 *
 * @param owner who keeps it, null if that is unknown or nothing is referred to
 */
public record Binding(StateReferences references, @Nullable String owner) {
    private static final Set<Integer> GONE = Set.of(404, 405, 410);
    private static final List<String> MISSING =
            List.of("not found", "no such", "not exist", "unknown", "could not find");

    /**
     * The binding by these references.
     *
     * @param providers the names of those that there are; what others keep is out of reach
     */
    public static Binding of(StateReferences references, StateOwners owners, Set<String> providers) {
        String owner = owners.ownerOf(references);
        return new Binding(references, owner != null && providers.contains(owner) ? owner : null);
    }

    /** Whether a candidate may keep it. */
    public boolean admits(Candidate candidate) {
        return owner == null || owner.equals(candidate.provider());
    }

    /** The plan as it is or, in a search, the providers of the plan one by one. */
    public List<Plan> turns(Plan plan) {
        if (!references.bound() || owner != null) {
            return List.of(plan);
        }
        Map<String, List<Candidate>> byProvider = new LinkedHashMap<>();
        for (Candidate candidate : plan.candidates()) {
            byProvider
                    .computeIfAbsent(candidate.provider(), name -> new ArrayList<>())
                    .add(candidate);
        }
        return byProvider.values().stream().map(Plan::new).toList();
    }

    /**
     * Whether a failure means that the provider does not have what is referred to.
     *
     * @param facts of an error answer, or of an error event inside a stream, which has no status
     */
    public boolean isMissing(Failure failure, ErrorFacts facts) {
        return !references.ids().isEmpty() && (isGone(failure) || isSaidToBeMissing(facts));
    }

    private static boolean isGone(Failure failure) {
        return failure.kind() == FailureKind.UNAVAILABLE
                && (failure.status() == null || GONE.contains(failure.status()))
                // Otherwise it is the model that is not there.
                && failure.cooldown() != CooldownScope.CANDIDATE;
    }

    private boolean isSaidToBeMissing(ErrorFacts facts) {
        if (facts.status() != null && facts.status() >= 500) {
            return false;
        }
        String message = facts.message() == null ? "" : facts.message();
        String text = message.toLowerCase(Locale.ROOT);
        return "previous_response_not_found".equals(facts.code())
                || (references.ids().stream().anyMatch(message::contains)
                        && MISSING.stream().anyMatch(text::contains));
    }
}
