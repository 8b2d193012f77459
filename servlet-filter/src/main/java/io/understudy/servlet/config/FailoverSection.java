package io.understudy.servlet.config;

import io.understudy.core.backoff.Backoff;
import io.understudy.core.backoff.Jitter;
import io.understudy.core.failover.FailoverPolicy;
import io.understudy.core.failure.FailureKind;
import io.understudy.core.failure.Reaction;
import io.understudy.core.failure.ReactionTable;
import io.understudy.core.failure.ReactionTable.Layer;
import jakarta.json.JsonNumber;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Validates {@code failover}, and the reactions of the providers, which go on top of its own. */
final class FailoverSection {
    private static final ConfigFile.Failover NOTHING =
            new ConfigFile.Failover(null, null, null, null, null, null, null, null, null, null);
    private static final List<String> JITTERS = List.of("full", "equal", "decorrelated", "none");
    private static final int MANY_CALLS = 100;
    private static final int MOST_GROWTH = 10;

    private final Section section;
    private final ConfigFile.Failover wire;
    private final Problems problems;

    FailoverSection(ConfigFile.@Nullable Failover wire, Problems problems) {
        this.section = new Section(KeyPath.ROOT.key("failover"), problems);
        this.wire = wire == null ? NOTHING : wire;
        this.problems = problems;
    }

    /** {@code application} says whether the application behind the filter is among the candidates. */
    FailoverPolicy read(@Nullable Map<String, ConfigFile.@Nullable Provider> providers, boolean application) {
        FailoverPolicy defaults = FailoverPolicy.defaults();
        ReactionTable reactions =
                ReactionsSection.read(defaults.reactions(), section.section("reactions"), wire.reactions(), problems);
        return new FailoverPolicy(
                section.whole(
                        "maxProviderAttempts",
                        wire.maxProviderAttempts(),
                        defaults.maxProviderAttempts(),
                        1,
                        MANY_CALLS),
                section.whole(
                        "sameProviderRetries",
                        wire.sameProviderRetries(),
                        defaults.sameProviderRetries(),
                        0,
                        MANY_CALLS),
                backoff(defaults.backoff()),
                section.duration("maxRetryAfter", wire.maxRetryAfter(), defaults.maxRetryAfter(), Duration.ZERO),
                Boolean.TRUE.equals(wire.delayOnSwitch()),
                !Boolean.FALSE.equals(wire.resendAfterWrite()),
                reactions,
                providerReactions(reactions, providers == null ? Map.of() : providers, application));
    }

    private Backoff backoff(Backoff defaults) {
        Duration baseDelay = section.duration("baseDelay", wire.baseDelay(), defaults.baseDelay(), Duration.ZERO);
        Duration maxDelay = section.duration("maxDelay", wire.maxDelay(), defaults.maxDelay(), Duration.ZERO);
        if (wire.baseDelay() != null && baseDelay.compareTo(maxDelay) > 0) {
            section.tooLong("baseDelay", "maxDelay", maxDelay);
        }
        return new Backoff(
                baseDelay,
                maxDelay,
                section.number("exponentialBase", wire.exponentialBase(), defaults.exponentialBase(), 1),
                jitter(wire.jitter(), defaults.jitter()));
    }

    private Jitter jitter(@Nullable JsonValue value, Jitter otherwise) {
        if (value instanceof JsonString word) {
            return jitter(word.getString(), otherwise);
        }
        if (!(value instanceof JsonNumber number)) {
            return otherwise;
        }
        double factor = number.doubleValue();
        if (factor >= 0 && factor <= MOST_GROWTH) {
            return Jitter.factor(factor);
        }
        problems.add(
                section.at("jitter"),
                "one of " + String.join(", ", JITTERS) + ", or a number from 0 to " + MOST_GROWTH);
        return otherwise;
    }

    private Jitter jitter(String word, Jitter otherwise) {
        return switch (word) {
            case "full" -> Jitter.full();
            case "equal" -> Jitter.equal();
            case "decorrelated" -> Jitter.decorrelated();
            case "none" -> Jitter.none();
            default -> {
                problems.unknown(section.at("jitter"), word, JITTERS);
                yield otherwise;
            }
        };
    }

    /**
     * The application is asked once. When it turns its own caller away, that is its right, and nobody else's answer may
     * get around it.
     */
    private static ReactionTable ofApplication(ReactionTable global) {
        List<Layer> layers = new ArrayList<>(global.layers());
        layers.add(new Layer(Map.of(FailureKind.UNAUTHORIZED, Reaction.FAIL), Map.of()));
        return new ReactionTable(layers).withoutRetries();
    }

    private Map<String, ReactionTable> providerReactions(
            ReactionTable global, Map<String, ConfigFile.@Nullable Provider> providers, boolean application) {
        Map<String, ReactionTable> tables = new HashMap<>();
        if (application) {
            tables.put(Settings.CHAIN, ofApplication(global));
        }
        providers.forEach((name, provider) -> {
            if (provider != null && provider.reactions() != null) {
                Section overrides = new Section(ProvidersSection.PATH.key(name).key("reactions"), problems);
                tables.put(name, ReactionsSection.read(global, overrides, provider.reactions(), problems));
            }
        });
        return tables;
    }
}
