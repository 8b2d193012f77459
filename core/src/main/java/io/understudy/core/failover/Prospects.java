package io.understudy.core.failover;

import io.understudy.core.candidate.Candidate;
import io.understudy.core.candidate.Plan;
import io.understudy.core.health.Admission;
import io.understudy.core.health.Availability;
import io.understudy.core.health.Availability.State;
import io.understudy.core.health.Health;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The candidates of one exchange that may still be called, in the plan's order. Loops, not streams: it is on every path. */
final class Prospects {
    /** A candidate and what the exchange has had from it. */
    static final class Prospect {
        final Candidate candidate;
        private int tries;
        private boolean excused;

        private Prospect(Candidate candidate) {
            this.candidate = candidate;
        }

        /** How often it has been called. */
        int tries() {
            return tries;
        }

        /** Excuses one stale connection; false if that has been done before. */
        boolean excuse() {
            boolean first = !excused;
            excused = true;
            return first;
        }
    }

    /**
     * A candidate that may be called now.
     *
     * @param anyway whether it is called although it is not ready
     */
    record Chosen(Prospect prospect, Admission admission, boolean anyway) {}

    private final Health health;
    private final int mostCandidates;
    private final List<Prospect> left;
    private int tried;

    Prospects(Plan plan, int mostCandidates, Health health) {
        this.health = health;
        this.mostCandidates = mostCandidates;
        this.left = new ArrayList<>(plan.candidates().size());
        for (Candidate candidate : plan.candidates()) {
            if (!isLeft(candidate)) {
                left.add(new Prospect(candidate));
            }
        }
    }

    private boolean isLeft(Candidate candidate) {
        for (Prospect prospect : left) {
            if (prospect.candidate.equals(candidate)) {
                return true;
            }
        }
        return false;
    }

    private boolean mayBeCalled(Prospect prospect) {
        return tried < mostCandidates || prospect.tries > 0;
    }

    boolean isEmpty() {
        for (Prospect prospect : left) {
            if (mayBeCalled(prospect)) {
                return false;
            }
        }
        return true;
    }

    /** The first one that is ready. */
    @Nullable
    Chosen ready() {
        return first(false);
    }

    /** The first one whose cooldown or open circuit may be broken. */
    @Nullable
    Chosen breakable() {
        return first(true);
    }

    private @Nullable Chosen first(boolean anyway) {
        for (Prospect prospect : left) {
            if (mayBeCalled(prospect)) {
                Optional<Admission> admission =
                        anyway ? health.admitAnyway(prospect.candidate) : health.admit(prospect.candidate);
                if (admission.isPresent()) {
                    return new Chosen(prospect, admission.get(), anyway);
                }
            }
        }
        return null;
    }

    /** The same one for a retry. If others' failures are in the way meanwhile, its turn comes again later. */
    @Nullable
    Chosen again(Chosen before) {
        Prospect prospect = before.prospect();
        Optional<Admission> admission = health.admitAgain(prospect.candidate, before.admission());
        if (admission.isEmpty()) {
            left.add(0, prospect);
        }
        return admission.map(again -> new Chosen(prospect, again, false)).orElse(null);
    }

    /** The same one over a fresh connection, on the same terms as before. */
    @Nullable
    Chosen afresh(Chosen before) {
        Prospect prospect = before.prospect();
        Optional<Admission> admission = before.anyway()
                ? health.admitAnyway(prospect.candidate)
                : health.admitAgain(prospect.candidate, before.admission());
        return admission
                .map(again -> new Chosen(prospect, again, before.anyway()))
                .orElse(null);
    }

    /** Notes a call that is a try of its own; the candidate is left no longer. */
    void called(Prospect prospect) {
        left.remove(prospect);
        tried += prospect.tries == 0 ? 1 : 0;
        prospect.tries++;
    }

    /** How many other candidates the exchange may still come to; counted up to {@link Timing#MOST_RESERVES}. */
    int toCome() {
        int most = Math.min(mostCandidates - tried, Timing.MOST_RESERVES);
        int count = 0;
        for (int i = 0; i < left.size() && count < most; i++) {
            count += health.availability(left.get(i).candidate).state() == State.HELD ? 0 : 1;
        }
        return count;
    }

    /** How long until the first cooldown ends, null when nobody cools down. */
    @Nullable
    Duration soonestCooldown() {
        Duration soonest = null;
        for (Prospect prospect : left) {
            Availability availability = health.availability(prospect.candidate);
            if (mayBeCalled(prospect) && isCooldown(availability)) {
                Duration remaining = availability.remaining();
                soonest = soonest == null || remaining.compareTo(soonest) < 0 ? remaining : soonest;
            }
        }
        return soonest;
    }

    private static boolean isCooldown(Availability availability) {
        return switch (availability.state()) {
            case COOLING, HELD -> true;
            case READY, OPEN, PROBING -> false;
        };
    }
}
