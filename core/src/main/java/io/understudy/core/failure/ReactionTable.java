package io.understudy.core.failure;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What each failure leads to: the defaults of {@link FailureKind} under layers of overrides.
 *
 * <p>The layer added last is asked first, and in each a status beats a kind. A provider's table is thus the global one
 * {@linkplain #with with} the provider's own overrides on top.
 *
 * @param layers the overrides, the one that is asked first comes first
 */
public record ReactionTable(List<Layer> layers) {
    public ReactionTable {
        layers = List.copyOf(layers);
    }

    /**
     * One set of overrides.
     *
     * @param kinds    reactions by kind
     * @param statuses reactions by the upstream's status, 400 to 599
     */
    public record Layer(Map<FailureKind, Reaction> kinds, Map<Integer, Reaction> statuses) {
        public Layer {
            kinds = Map.copyOf(kinds);
            statuses = Map.copyOf(statuses);
            kinds.forEach(Layer::check);
            statuses.forEach(Layer::check);
        }

        private static void check(FailureKind kind, Reaction reaction) {
            if (kind == FailureKind.CANCELLED) {
                throw new IllegalArgumentException(
                        "cancelled: " + reaction + " (expected: no override, there is nobody left to answer)");
            }
            if (kind == FailureKind.CONTEXT_OVERFLOW && reaction == Reaction.RETRY) {
                throw new IllegalArgumentException(
                        "context_overflow: RETRY (expected: NEXT or FAIL, the same model stays too small)");
            }
        }

        private static void check(int status, Reaction reaction) {
            if (status < 400 || status > 599) {
                throw new IllegalArgumentException(
                        status + ": " + reaction + " (expected: a kind or a status from 400 to 599)");
            }
        }

        private Layer withoutRetries() {
            Map<FailureKind, Reaction> kindsOnce = new EnumMap<>(FailureKind.class);
            kinds.forEach((kind, reaction) -> kindsOnce.put(kind, once(reaction)));
            Map<Integer, Reaction> statusesOnce = new HashMap<>();
            statuses.forEach((status, reaction) -> statusesOnce.put(status, once(reaction)));
            return new Layer(kindsOnce, statusesOnce);
        }

        private static Reaction once(Reaction reaction) {
            return reaction == Reaction.RETRY ? Reaction.NEXT : reaction;
        }

        private @Nullable Reaction reaction(Failure failure) {
            Reaction byStatus = failure.status() == null ? null : statuses.get(failure.status());
            return byStatus == null ? kinds.get(failure.kind()) : byStatus;
        }
    }

    /** The table without any override. */
    public static ReactionTable defaults() {
        return new ReactionTable(List.of());
    }

    /**
     * This table with overrides on top.
     *
     * @throws IllegalArgumentException if one is impossible: {@code cancelled} at all, {@code context_overflow} as
     *     RETRY, or a status outside 400 to 599
     */
    public ReactionTable with(Map<FailureKind, Reaction> kinds, Map<Integer, Reaction> statuses) {
        List<Layer> more = new ArrayList<>(layers.size() + 1);
        more.add(new Layer(kinds, statuses));
        more.addAll(layers);
        return new ReactionTable(more);
    }

    /** This table for somebody who is asked only once: every RETRY is a NEXT, also among the defaults. */
    public ReactionTable withoutRetries() {
        List<Layer> once = new ArrayList<>(layers.size() + 1);
        layers.forEach(layer -> once.add(layer.withoutRetries()));
        Map<FailureKind, Reaction> defaults = new EnumMap<>(FailureKind.class);
        for (FailureKind kind : FailureKind.values()) {
            if (kind.reaction() == Reaction.RETRY) {
                defaults.put(kind, Reaction.NEXT);
            }
        }
        once.add(new Layer(defaults, Map.of()));
        return new ReactionTable(once);
    }

    /** What this failure leads to. A caller that went away always ends everything. */
    public Reaction reaction(Failure failure) {
        if (failure.kind() == FailureKind.CANCELLED) {
            return Reaction.FAIL;
        }
        for (Layer layer : layers) {
            Reaction reaction = layer.reaction(failure);
            if (reaction != null) {
                return reaction;
            }
        }
        return failure.kind().reaction();
    }
}
