package io.understudy.servlet;

import io.understudy.core.candidate.Candidate;
import io.understudy.core.health.BoundedHealth;
import io.understudy.core.health.Health;
import io.understudy.core.health.LocalHealth;
import io.understudy.core.time.Ticker;
import io.understudy.servlet.config.ProviderSettings;
import io.understudy.servlet.config.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The candidates' health under some settings, and what of it stays when they change: all of those candidates whose
 * provider is the same target.
 *
 * @param memory what is remembered of candidates
 * @param bounded the same with the providers' bounds, which is what exchanges ask
 */
record KeptHealth(Settings settings, Ticker ticker, Health memory, BoundedHealth bounded) {

    static KeptHealth first(Settings settings, Ticker ticker) {
        Health memory = settings.health().enabled()
                ? new LocalHealth(settings.health().policy(), ticker)
                : Health.alwaysAvailable();
        return new KeptHealth(settings, ticker, memory, BoundedHealth.of(ofProviders(memory), bounds(settings)));
    }

    KeptHealth successor(Settings next) {
        Set<String> unchanged = next.providers().values().stream()
                .filter(provider -> provider.isSameTarget(settings.providers().get(provider.name())))
                .map(ProviderSettings::name)
                .collect(Collectors.toSet());
        Health kept = next.health().enabled() && memory instanceof LocalHealth local
                ? local.successor(next.health().policy(), candidates(next, unchanged))
                : first(next, ticker).memory();
        return new KeptHealth(next, ticker, kept, bounded.successor(ofProviders(kept), bounds(next), unchanged));
    }

    /** The application behind the filter is always asked first, however it has fared. */
    private static Health ofProviders(Health memory) {
        return memory.except(Settings::isApplication);
    }

    private static List<Candidate> candidates(Settings settings, Set<String> providers) {
        return settings.models().values().stream()
                .flatMap(List::stream)
                .filter(candidate -> providers.contains(candidate.provider()))
                .toList();
    }

    private static Map<String, Integer> bounds(Settings settings) {
        Map<String, Integer> bounds = new HashMap<>();
        settings.providers().forEach((name, provider) -> {
            Integer bound = provider.maxConcurrent();
            if (bound != null) {
                bounds.put(name, bound);
            }
        });
        return bounds;
    }
}
