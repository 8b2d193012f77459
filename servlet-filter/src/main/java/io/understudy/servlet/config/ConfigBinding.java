package io.understudy.servlet.config;

import jakarta.json.JsonObject;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.bind.adapter.JsonbAdapter;
import jakarta.json.spi.JsonProvider;
import org.eclipse.parsson.JsonProviderImpl;
import org.eclipse.yasson.JsonBindingProvider;
import org.jspecify.annotations.Nullable;

/**
 * Binds JSON to the wire records with JSON-B. The providers are named by their classes: looked up through the thread's
 * context class loader they are somebody else's, or missing, in some application servers.
 */
final class ConfigBinding {
    private static final JsonProvider JSON = new JsonProviderImpl();
    // Thread-safe; made once because looking through the records takes longer than all the rest of a reading.
    private static final Jsonb BINDING = new JsonBindingProvider()
            .create()
            .withProvider(JSON)
            .withConfig(new JsonbConfig().withAdapters(new SecretAdapter()))
            .build();

    private ConfigBinding() {}

    static JsonProvider json() {
        return JSON;
    }

    /** The wire records of a file that {@link WireShape} has been over. */
    static ConfigFile bind(JsonObject file) {
        return BINDING.fromJson(file.toString(), ConfigFile.class);
    }

    /** Binds strings to secrets. Public only because JSON-B creates no other adapters. */
    public static final class SecretAdapter implements JsonbAdapter<Secret, String> {
        @Override
        public String adaptToJson(Secret secret) {
            return secret.toString();
        }

        @Override
        public @Nullable Secret adaptFromJson(@Nullable String value) {
            return value == null ? null : new Secret(value);
        }
    }
}
