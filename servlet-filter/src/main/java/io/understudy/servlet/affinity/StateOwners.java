package io.understudy.servlet.affinity;

import io.understudy.servlet.dialect.StateReferences;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Remembers which provider keeps what the gateway has relayed ids of; of the least recently used ones it forgets those
 * that are too many. Thread-safe.
 */
public final class StateOwners {
    private static final int MAX_IDS = 100_000;
    /** Ids of providers have a quarter of it; longer ones are not remembered, so that memory stays bounded. */
    private static final int MAX_LENGTH = 256;

    private final Map<String, String> providers;

    /** An empty memory for 100,000 ids. */
    public StateOwners() {
        this(MAX_IDS);
    }

    StateOwners(int maxIds) {
        this.providers = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
                return size() > maxIds;
            }
        };
    }

    /** Notes who keeps all of this. */
    public void remember(StateReferences kept, String provider) {
        if (kept.ids().isEmpty()) {
            return;
        }
        synchronized (providers) {
            for (String id : kept.ids()) {
                if (id.length() <= MAX_LENGTH) {
                    providers.put(id, provider);
                }
            }
        }
    }

    /** The provider that keeps the first thing of which it is known; null if it is known of none. */
    public @Nullable String ownerOf(StateReferences references) {
        if (references.ids().isEmpty()) {
            return null;
        }
        synchronized (providers) {
            for (String id : references.ids()) {
                String provider = providers.get(id);
                if (provider != null) {
                    return provider;
                }
            }
        }
        return null;
    }
}
