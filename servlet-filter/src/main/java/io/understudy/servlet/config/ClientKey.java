package io.understudy.servlet.config;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A key that callers may show, an entry of {@code clientKeys}.
 *
 * @param name what records and metrics call its holder ({@code client-1} for the first of the list, and so on)
 * @param key the key
 * @param models the models it may use; null: all
 */
public record ClientKey(String name, Secret key, @Nullable Set<String> models) {
    /** Copies the set. */
    public ClientKey {
        models = models == null ? null : Collections.unmodifiableSet(new LinkedHashSet<>(models));
    }
}
