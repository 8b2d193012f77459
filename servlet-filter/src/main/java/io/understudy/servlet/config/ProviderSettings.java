package io.understudy.servlet.config;

import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An upstream LLM service, an entry of {@code providers}. Printing it shows neither its credential nor the values of
 * its headers and query, which may hold one too.
 *
 * @param name what candidates, records and headers call it
 * @param type whose API it has
 * @param baseUrl http or https, absolute, without user info, query, fragment and trailing slash
 * @param apiKey its credential; null: none is sent
 * @param dialects what it speaks: {@code chat}, {@code messages}, {@code responses}, {@code embeddings}
 * @param headers sent with every call; names as they are written
 * @param query parameters added to every call, not encoded yet
 * @param enabled whether it is called at all (true)
 * @param transient400 whether its 400 is worth a retry (false)
 * @param transientPatterns texts of a 400 that is
 * @param prefill whether it continues an assistant message exactly; null: unknown
 * @param proxy {@code http://host:port} that calls go through; null: none
 * @param trustStore the certificates that its own is checked against; null: the platform's
 * @param maxConcurrent calls at a time; null: no bound of its own
 * @param timeouts its own, over the global ones
 */
public record ProviderSettings(
        String name,
        ProviderType type,
        URI baseUrl,
        @Nullable Secret apiKey,
        Set<String> dialects,
        Map<String, String> headers,
        Map<String, String> query,
        boolean enabled,
        boolean transient400,
        List<Pattern> transientPatterns,
        @Nullable Boolean prefill,
        @Nullable URI proxy,
        @Nullable TrustStore trustStore,
        @Nullable Integer maxConcurrent,
        TimeoutSettings timeouts) {

    /** Copies the collections, keeping their order. */
    public ProviderSettings {
        dialects = Collections.unmodifiableSet(new LinkedHashSet<>(dialects));
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        query = Collections.unmodifiableMap(new LinkedHashMap<>(query));
        transientPatterns = List.copyOf(transientPatterns);
    }

    /**
     * The application behind the filter in a provider's place: it has no address, speaks what it is asked in, and nobody
     * can interrupt it.
     *
     * @param global the timeouts of the exchange
     */
    public static ProviderSettings ofApplication(TimeoutSettings global) {
        Duration whole = global.exchange();
        return new ProviderSettings(
                Settings.CHAIN,
                ProviderType.OPENAI,
                URI.create(Settings.CHAIN + ":/"),
                null,
                new LinkedHashSet<>(Settings.DIALECTS),
                Map.of(),
                Map.of(),
                true,
                false,
                List.of(),
                null,
                null,
                null,
                null,
                new TimeoutSettings(global.connect(), whole, whole, whole, whole, global.stalledWrite()));
    }

    /** Whether calls go to the same place with the same credentials as under these other settings, if there are any. */
    public boolean isSameTarget(@Nullable ProviderSettings other) {
        return other != null
                && type == other.type
                && baseUrl.equals(other.baseUrl)
                && Objects.equals(apiKey, other.apiKey)
                && headers.equals(other.headers)
                && query.equals(other.query)
                && Objects.equals(proxy, other.proxy)
                && Objects.equals(trustStore, other.trustStore);
    }

    @Override
    public String toString() {
        return "ProviderSettings[name=" + name + ", type=" + type + ", baseUrl=" + baseUrl + ", dialects=" + dialects
                + ", headers=" + headers.keySet() + ", query=" + query.keySet() + ", enabled=" + enabled + "]";
    }
}
