package io.understudy.servlet.admin;

import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbConfig;
import java.util.Map;
import org.eclipse.parsson.JsonProviderImpl;
import org.eclipse.yasson.JsonBindingProvider;

/**
 * Writes what the resources tell, with JSON-B; what is not known is null. The providers are named by their classes, as for
 * the configuration: those that a server's class loader finds may be others, or none.
 */
final class AdminJson {
    private static final Jsonb BINDING = new JsonBindingProvider()
            .create()
            .withProvider(new JsonProviderImpl())
            .withConfig(new JsonbConfig().withNullValues(true))
            .build();

    private AdminJson() {}

    static String of(Object told) {
        return BINDING.toJson(told);
    }

    static String error(String message) {
        return of(Map.of("error", message));
    }
}
