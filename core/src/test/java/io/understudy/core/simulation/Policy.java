package io.understudy.core.simulation;

import io.understudy.core.backoff.Backoff;
import io.understudy.core.backoff.Jitter;
import io.understudy.core.failover.CompatibilityProfile;
import io.understudy.core.failover.FailoverPolicy;
import io.understudy.core.failure.ReactionTable;
import io.understudy.core.health.Health;
import io.understudy.core.health.HealthPolicy;
import io.understudy.core.health.HealthPolicy.Budget;
import io.understudy.core.health.LocalHealth;
import io.understudy.core.time.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A way to go about failures that is compared with others. */
record Policy(String name, FailoverPolicy failover, Function<Ticker, Health> health) {
    static final Policy NONE =
            new Policy("no failover", retrying(1, 0, Jitter.none()), ticker -> Health.alwaysAvailable());
    static final Policy COMPATIBILITY = new Policy(
            "compatibility profile",
            CompatibilityProfile.policy(Jitter.factor(0.1)),
            ticker -> Health.alwaysAvailable());
    static final Policy OURS = new Policy(
            "Understudy", FailoverPolicy.defaults(), ticker -> new LocalHealth(HealthPolicy.defaults(), ticker));

    static final Policy NEITHER = withoutCircuits("neither", Jitter.none(), null);
    static final Policy JITTER = withoutCircuits("jitter only", Jitter.full(), null);
    static final Policy BUDGET = withoutCircuits("budget only", Jitter.none(), Budget.defaults());
    static final Policy BOTH = withoutCircuits("jitter and budget", Jitter.full(), Budget.defaults());

    /** The defaults with this jitter and budget, but circuits that never open. */
    private static Policy withoutCircuits(String name, Jitter jitter, @Nullable Budget budget) {
        HealthPolicy defaults = HealthPolicy.defaults();
        HealthPolicy health = new HealthPolicy(
                Integer.MAX_VALUE, defaults.openTime(), defaults.maxOpenTime(), defaults.cooldown(), budget);
        return new Policy(name, retrying(3, 1, jitter), ticker -> new LocalHealth(health, ticker));
    }

    private static FailoverPolicy retrying(int providers, int retries, Jitter jitter) {
        Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5), 2, jitter);
        return new FailoverPolicy(
                providers, retries, backoff, Duration.ofSeconds(3), false, true, ReactionTable.defaults(), Map.of());
    }

    static List<Policy> compared() {
        return List.of(NONE, COMPATIBILITY, OURS);
    }

    /** The defaults with and without jitter and budget. */
    static List<Policy> ofPlots() {
        return List.of(NEITHER, JITTER, BUDGET, BOTH);
    }

    static List<Policy> ofHerd() {
        return List.of(NONE, COMPATIBILITY, OURS, NEITHER, JITTER, BUDGET, BOTH);
    }
}
