package io.understudy.core.failover;

import io.understudy.core.candidate.Candidate;
import io.understudy.core.candidate.Plan;
import io.understudy.core.health.Admission;
import io.understudy.core.health.Availability;
import io.understudy.core.health.Availability.State;
import io.understudy.core.health.Health;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The candidates of one exchange that may still be called, in the plan's order, and how often each has been. */
final class Prospects {
    private final Health health;
    private final int most;
    private final List<Candidate> left;
    private final Map<Candidate, Integer> tries = new LinkedHashMap<>();

    Prospects(Plan plan, int most, Health health) {
        this.health = health;
        this.most = most;
        this.left = new ArrayList<>(new LinkedHashSet<>(plan.candidates()));
    }

    /** A candidate that may be called now. */
    record Chosen(Candidate candidate, Admission admission) {}

    /** The first one that is ready. */
    @Nullable
    Chosen ready() {
        return firstOf(health::admit);
    }

    /** The first one whose cooldown or open circuit may be broken. */
    @Nullable
    Chosen breakable() {
        return firstOf(health::admitAnyway);
    }

    private @Nullable Chosen firstOf(Function<Candidate, Optional<Admission>> admit) {
        for (Candidate candidate : left) {
            if (mayBeCalled(candidate)) {
                Optional<Admission> admission = admit.apply(candidate);
                if (admission.isPresent()) {
                    return new Chosen(candidate, admission.get());
                }
            }
        }
        return null;
    }

    private boolean mayBeCalled(Candidate candidate) {
        return tries.size() < most || tries.containsKey(candidate);
    }

    /** Notes a call; from now on the candidate is left only if it is put back. */
    void called(Candidate candidate, int tryNumber) {
        left.remove(candidate);
        tries.put(candidate, tryNumber);
    }

    /** Lets a candidate be called again when its turn comes. */
    void putBack(Candidate candidate) {
        left.add(0, candidate);
    }

    int tries(Candidate candidate) {
        return tries.getOrDefault(candidate, 0);
    }

    /** How many other candidates the exchange may still come to. */
    int toCome() {
        long usable =
                left.stream().filter(this::mayBeCalled).filter(this::isNotHeld).count();
        return (int) Math.min(usable, most - tries.size());
    }

    private boolean isNotHeld(Candidate candidate) {
        return health.availability(candidate).state() != State.HELD;
    }

    boolean isEmpty() {
        return left.stream().noneMatch(this::mayBeCalled);
    }

    /** How long until the first cooldown ends, null when nobody cools down. */
    @Nullable
    Duration soonestCooldown() {
        return left.stream()
                .filter(this::mayBeCalled)
                .map(health::availability)
                .filter(Prospects::isCooldown)
                .map(Availability::remaining)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    private static boolean isCooldown(Availability availability) {
        return switch (availability.state()) {
            case COOLING, HELD -> true;
            case READY, OPEN, PROBING -> false;
        };
    }
}
