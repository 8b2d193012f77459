package io.understudy.servlet.upstream;

import io.understudy.core.failure.Failure;
import io.understudy.core.failure.FailureClassifier;
import io.understudy.core.failure.FailureKind;
import io.understudy.servlet.config.ProviderSettings;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A provider ready to be called. Thread-safe.
 *
 * @param classifier recognises this provider's failures
 */
public record Provider(ProviderSettings settings, UpstreamClient client, FailureClassifier classifier) {
    /** Credentials that some APIs take in the query: the caller's must not reach a provider. */
    private static final Set<String> CALLERS_SECRETS = Set.of("key", "api_key");

    /**
     * Where a path of the API is found: base URL, path, the caller's query, the provider's own, which wins.
     *
     * @param path with its leading slash
     * @param query the caller's, as it came, or null
     */
    public URI uri(String path, @Nullable String query) {
        List<String> parameters = new ArrayList<>();
        for (String parameter : (query == null ? "" : query).split("&", -1)) {
            String name = decoded(parameter.split("=", 2)[0]);
            if (!parameter.isEmpty()
                    && !CALLERS_SECRETS.contains(name)
                    && !settings.query().containsKey(name)) {
                parameters.add(UriText.escaped(parameter));
            }
        }
        settings.query().forEach((name, value) -> parameters.add(UriText.encoded(name) + "=" + UriText.encoded(value)));
        String base = settings.baseUrl().toString().replaceAll("/+$", "");
        return URI.create(base + path + (parameters.isEmpty() ? "" : "?" + String.join("&", parameters)));
    }

    /**
     * What a lost call amounts to. An exception that is nobody's connection comes from bytes that could not be read: that
     * is the provider's doing, never the caller's.
     */
    public Failure lost(Throwable cause, boolean requestWritten) {
        Failure failure = classifier.classify(cause, requestWritten);
        return failure.kind() == FailureKind.BAD_REQUEST
                ? Failure.of(FailureKind.BAD_ANSWER, "the answer can't be read").withCause(cause)
                : failure;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}
