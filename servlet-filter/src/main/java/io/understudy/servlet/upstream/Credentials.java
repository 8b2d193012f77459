package io.understudy.servlet.upstream;

import io.understudy.servlet.config.ProviderSettings;
import io.understudy.servlet.config.ProviderType;
import io.understudy.servlet.config.Secret;
import java.util.Locale;
import java.util.Map;

/** What a provider wants of its own: configured headers, its key in the form of its type, the version of its API. */
final class Credentials {
    /**
     * Sent where neither the caller nor the configuration names one; never put in the place of a caller's.
     *
     * @see <a href="https://docs.anthropic.com/en/api/versioning">Anthropic, versions</a>
     */
    private static final String ANTHROPIC_VERSION = "2023-06-01";

    private Credentials() {}

    static void add(ProviderSettings provider, Map<String, String> headers) {
        provider.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        if (provider.type() == ProviderType.ANTHROPIC) {
            headers.putIfAbsent("anthropic-version", ANTHROPIC_VERSION);
        }
        Secret key = provider.apiKey();
        if (key != null) {
            headers.put(provider.type().credentialHeader(), form(provider.type(), key));
        }
    }

    private static String form(ProviderType type, Secret key) {
        return switch (type) {
            case OPENAI -> "Bearer " + key.value();
            case AZURE, ANTHROPIC -> key.value();
        };
    }
}
