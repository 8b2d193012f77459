package io.understudy.core.health;

import io.understudy.core.candidate.Candidate;
import io.understudy.core.health.CircuitBreaker.Ticket;
import io.understudy.core.time.Ticker;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The health of candidates as this process has seen it: cooldowns, circuits and retry budgets.
 *
 * <p>A candidate is known by its provider and its model there; offers of the same under several public names share one
 * health. What keeps it from being called, the first that holds:
 *
 * <table>
 * <caption>Availability</caption>
 * <tr><td>held</td><td>a firm cooldown, its own or its provider's</td></tr>
 * <tr><td>open</td><td>an open circuit</td></tr>
 * <tr><td>probing</td><td>a half-open circuit whose probe is under way</td></tr>
 * <tr><td>cooling</td><td>another cooldown, its own or its provider's</td></tr>
 * </table>
 *
 * <p>At most 10,000 candidates and as many providers are remembered; beyond that, those without trouble are forgotten
 * first. Thread-safe and lock-free but for the first call of each candidate.
 */
public final class LocalHealth implements Health {
    private static final int MOST = 10_000;

    private record Key(String provider, String model) {
        static Key of(Candidate candidate) {
            return new Key(candidate.provider(), candidate.model());
        }
    }

    private final HealthPolicy policy;
    private final Ticker ticker;
    private final Map<Key, CandidateHealth> candidates = new ConcurrentHashMap<>();
    private final Map<String, Cooldowns> providers = new ConcurrentHashMap<>();

    /** A health that has seen nothing yet. */
    public LocalHealth(HealthPolicy policy, Ticker ticker) {
        this.policy = policy;
        this.ticker = ticker;
    }

    /**
     * The health that takes over when the configuration has changed. What is remembered of the unchanged candidates, and
     * of their providers, is shared by both from now on, so that calls still under way are judged there, too; all others
     * start fresh.
     *
     * @param unchanged candidates whose provider is still called at the same address with the same credentials
     */
    public LocalHealth successor(HealthPolicy newPolicy, Collection<Candidate> unchanged) {
        LocalHealth successor = new LocalHealth(newPolicy, ticker);
        for (Candidate candidate : unchanged) {
            CandidateHealth known = candidates.get(Key.of(candidate));
            if (known != null) {
                successor.candidates.put(Key.of(candidate), known);
            }
            Cooldowns cooldowns = known == null ? providers.get(candidate.provider()) : known.providerCooldowns();
            if (cooldowns != null) {
                successor.providers.put(candidate.provider(), cooldowns);
            }
        }
        return successor;
    }

    @Override
    public Availability availability(Candidate candidate) {
        return look(candidate).availability(ticker.nanos());
    }

    @Override
    public Condition condition(Candidate candidate) {
        return look(candidate).condition(ticker.nanos());
    }

    /** What is known of a candidate, without remembering one that is not. */
    private CandidateHealth look(Candidate candidate) {
        CandidateHealth known = candidates.get(Key.of(candidate));
        if (known != null) {
            return known;
        }
        long now = ticker.nanos();
        Cooldowns cooldowns = providers.get(candidate.provider());
        return CandidateHealth.fresh(cooldowns == null ? Cooldowns.none(now) : cooldowns, now);
    }

    @Override
    public Optional<Admission> admit(Candidate candidate) {
        CandidateHealth health = health(candidate);
        long now = ticker.nanos();
        return requested(health, health.isCooling(now) ? null : health.circuit().admit(now, policy));
    }

    @Override
    public Optional<Admission> admitAnyway(Candidate candidate) {
        CandidateHealth health = health(candidate);
        long now = ticker.nanos();
        return requested(health, health.isHeld(now) ? null : health.circuit().admitAnyway(now, policy));
    }

    @Override
    public Optional<Admission> admitAgain(Candidate candidate, Admission previous) {
        CandidateHealth health = health(candidate);
        long now = ticker.nanos();
        LocalAdmission own = previous instanceof LocalAdmission local ? local : null;
        boolean cooling = own == null ? health.isCooling(now) : health.isCoolingBeside(own, now);
        return admission(own, health, cooling ? null : health.circuit().admit(now, policy));
    }

    @Override
    public boolean grantsRetry(Candidate candidate) {
        HealthPolicy.Budget budget = policy.retryBudget();
        return budget == null || health(candidate).budget().take(ticker.nanos(), budget);
    }

    /** How many candidates and providers are remembered. */
    int size() {
        return candidates.size() + providers.size();
    }

    private Optional<Admission> requested(CandidateHealth health, @Nullable Ticket ticket) {
        if (ticket != null) {
            health.budget().requested(ticker.nanos());
        }
        return admission(null, health, ticket);
    }

    private Optional<Admission> admission(
            @Nullable LocalAdmission previous, CandidateHealth health, @Nullable Ticket ticket) {
        return ticket == null
                ? Optional.empty()
                : Optional.of(new LocalAdmission(previous, health, ticket, policy, ticker));
    }

    private CandidateHealth health(Candidate candidate) {
        Key key = Key.of(candidate);
        CandidateHealth known = candidates.get(key);
        if (known != null) {
            return known;
        }
        makeRoom(candidates, health -> health.isUntroubled(ticker.nanos()));
        Cooldowns cooldowns = cooldowns(candidate.provider());
        return candidates.computeIfAbsent(key, unseen -> CandidateHealth.fresh(cooldowns, ticker.nanos()));
    }

    private Cooldowns cooldowns(String provider) {
        Cooldowns known = providers.get(provider);
        if (known != null) {
            return known;
        }
        makeRoom(providers, cooldowns -> cooldowns.remainingNanos(ticker.nanos()) == 0);
        return providers.computeIfAbsent(provider, unseen -> Cooldowns.none(ticker.nanos()));
    }

    private static <K, V> void makeRoom(Map<K, V> remembered, Predicate<V> untroubled) {
        if (remembered.size() < MOST) {
            return;
        }
        remembered.values().removeIf(untroubled);
        Iterator<V> troubled = remembered.values().iterator();
        while (remembered.size() > MOST - MOST / 10 && troubled.hasNext()) {
            troubled.next();
            troubled.remove();
        }
    }
}
