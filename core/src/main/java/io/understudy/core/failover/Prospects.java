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
    private final int mostCandidates;
    private final List<Candidate> left;
    private final Map<Candidate, Integer> tries = new LinkedHashMap<>();

    Prospects(Plan plan, int mostCandidates, Health health) {
        this.health = health;
        this.mostCandidates = mostCandidates;
        this.left = new ArrayList<>(new LinkedHashSet<>(plan.candidates()));
    }

    /**
     * A candidate that may be called now.
     *
     * @param anyway whether it is called although it is not ready
     */
    record Chosen(Candidate candidate, Admission admission, boolean anyway) {}

    /** The first one that is ready. */
    @Nullable
    Chosen ready() {
        return firstOf(health::admit, false);
    }

    /** The first one whose cooldown or open circuit may be broken. */
    @Nullable
    Chosen breakable() {
        return firstOf(health::admitAnyway, true);
    }

    private @Nullable Chosen firstOf(Function<Candidate, Optional<Admission>> admit, boolean anyway) {
        for (Candidate candidate : left) {
            Optional<Admission> admission = mayBeCalled(candidate) ? admit.apply(candidate) : Optional.empty();
            if (admission.isPresent()) {
                return new Chosen(candidate, admission.get(), anyway);
            }
        }
        return null;
    }

    /** The same one for a retry. If others have sent it into a cooldown meanwhile, its turn comes again later. */
    @Nullable
    Chosen again(Chosen before) {
        Candidate candidate = before.candidate();
        Optional<Admission> admission = health.admitAgain(candidate, before.admission());
        if (admission.isEmpty() && isCooldown(health.availability(candidate))) {
            left.add(0, candidate);
        }
        return admission.map(again -> new Chosen(candidate, again, false)).orElse(null);
    }

    /** The same one over a fresh connection, on the same terms as before. */
    @Nullable
    Chosen afresh(Chosen before) {
        Candidate candidate = before.candidate();
        Optional<Admission> admission =
                before.anyway() ? health.admitAnyway(candidate) : health.admitAgain(candidate, before.admission());
        return admission
                .map(again -> new Chosen(candidate, again, before.anyway()))
                .orElse(null);
    }

    private boolean mayBeCalled(Candidate candidate) {
        return tries.size() < mostCandidates || tries.containsKey(candidate);
    }

    /** Notes a call; it is left no longer. */
    void called(Candidate candidate, int tryNumber) {
        left.remove(candidate);
        tries.put(candidate, tryNumber);
    }

    int tries(Candidate candidate) {
        return tries.getOrDefault(candidate, 0);
    }

    /** How many other candidates the exchange may still come to; counted up to {@link Timing#MOST_RESERVES}. */
    int toCome() {
        int most = Math.min(mostCandidates - tries.size(), Timing.MOST_RESERVES);
        return (int) left.stream()
                .filter(this::mayBeCalled)
                .filter(this::isNotHeld)
                .limit(most)
                .count();
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
