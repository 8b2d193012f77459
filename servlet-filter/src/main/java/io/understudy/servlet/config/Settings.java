package io.understudy.servlet.config;

import io.understudy.core.candidate.Candidate;
import io.understudy.core.candidate.CandidateFilter;
import io.understudy.core.failover.FailoverPolicy;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A valid configuration: every value checked, every default filled in. Immutable, so that an exchange can go on under
 * the settings it began with while newer ones take over. Printing it shows no secret.
 *
 * @param providers the upstream services by name, in the order of the file
 * @param models the candidates by public model name, in the order of the file; one is enabled if it and its
 *     provider are
 * @param sameSpace by model the candidates whose embeddings are comparable although their model ids differ
 * @param failover attempts, backoff and reactions
 * @param timeouts how long things may take; a provider has its own in {@link ProviderSettings#timeouts()}
 * @param health what is remembered of failed candidates
 * @param streaming how streams are relayed
 * @param limits the gateway's own bounds
 * @param headers which headers travel
 * @param responseModel which model name an answer carries (served)
 * @param clientKeys keys of which callers must show one; none: the container's own security decides
 * @param adminKey the key to the admin resources; null: there is none
 * @param adminOpenOnLoopback whether local callers see the admin resources without a key (false)
 * @param warnings what is valid but probably not as meant, one line each, for the log
 */
public record Settings(
        Map<String, ProviderSettings> providers,
        Map<String, List<Candidate>> models,
        Map<String, Set<Candidate>> sameSpace,
        FailoverPolicy failover,
        TimeoutSettings timeouts,
        HealthSettings health,
        StreamingSettings streaming,
        LimitSettings limits,
        HeaderSettings headers,
        ResponseModel responseModel,
        List<ClientKey> clientKeys,
        @Nullable Secret adminKey,
        boolean adminOpenOnLoopback,
        List<String> warnings) {

    /** What the application behind the filter is called as a candidate; nobody else may be called so. */
    public static final String CHAIN = "chain";

    /** The names of all dialects. */
    public static final List<String> DIALECTS = List.of("chat", "messages", "responses", "embeddings");

    /** Copies the collections, keeping their order. */
    public Settings {
        providers = copy(providers, provider -> provider);
        models = copy(models, List::copyOf);
        sameSpace = copy(sameSpace, Set::copyOf);
        clientKeys = List.copyOf(clientKeys);
        warnings = List.copyOf(warnings);
    }

    /** Whether the application behind the filter is a candidate of any model. */
    public boolean asksApplication() {
        return models.values().stream()
                .flatMap(List::stream)
                .anyMatch(candidate -> candidate.enabled() && isApplication(candidate));
    }

    /** Whether a name is that of somebody whom a caller may ask for alone. */
    public boolean canBePinned(String name) {
        return providers.containsKey(name) || (name.equals(CHAIN) && asksApplication());
    }

    /** Whether a candidate is the application behind the filter. */
    public static boolean isApplication(Candidate candidate) {
        return candidate.provider().equals(CHAIN);
    }

    /** Those of a model's candidates that serve a dialect, in the order of the file; a request may rule out more. */
    public List<Candidate> serving(String model, String dialect) {
        List<Candidate> speaking = CandidateFilter.select(
                        models.getOrDefault(model, List.of()), dialect, null, offer -> true)
                .candidates();
        return dialect.equals("embeddings") ? comparable(model, speaking) : speaking;
    }

    /**
     * Those of a model's candidates whose embeddings can stand beside the first one's: of the same upstream model, or
     * marked so.
     *
     * @param candidates in the order of the file; the first is the first of the lowest priority number
     */
    public List<Candidate> comparable(String model, List<Candidate> candidates) {
        Set<Candidate> marked = sameSpace.getOrDefault(model, Set.of());
        return candidates.stream()
                .min(Comparator.comparingInt(Candidate::priority))
                .map(first -> candidates.stream()
                        .filter(each -> each.model().equals(first.model()) || marked.contains(each))
                        .toList())
                .orElse(List.of());
    }

    private static <T> Map<String, T> copy(Map<String, T> entries, UnaryOperator<T> copying) {
        Map<String, T> copy = new LinkedHashMap<>();
        entries.forEach((name, entry) -> copy.put(name, copying.apply(entry)));
        return Collections.unmodifiableMap(copy);
    }
}
