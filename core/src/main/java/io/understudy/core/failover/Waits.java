package io.understudy.core.failover;

import io.understudy.core.candidate.Candidate;
import io.understudy.core.candidate.Plan;
import io.understudy.core.failure.Failure;
import io.understudy.core.failure.FailureKind;
import io.understudy.core.health.Availability;
import io.understudy.core.health.Cooldown;
import io.understudy.core.health.Verdict;
import io.understudy.core.time.Deadline;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The waits that would help, as far as the failures of one exchange and the candidates' health tell. */
final class Waits {
    private final Parts parts;
    private Map<Candidate, Deadline> ends = Map.of();

    Waits(Parts parts) {
        this.parts = parts;
    }

    /** Notes what a failure tells; the candidate's latest failure counts. */
    void note(Candidate candidate, Failure failure, Verdict verdict) {
        Duration wait = wait(failure, verdict.cooldown());
        if (wait == null && ends.isEmpty()) {
            return;
        }
        Map<Candidate, Deadline> changed = new HashMap<>(ends);
        changed.put(candidate, Deadline.after(wait == null ? Duration.ZERO : wait, parts.ticker()));
        ends = changed;
    }

    private static @Nullable Duration wait(Failure failure, @Nullable Cooldown cooldown) {
        boolean limited = failure.kind() == FailureKind.RATE_LIMITED || failure.kind() == FailureKind.QUOTA_EXHAUSTED;
        return limited && cooldown != null ? cooldown.duration() : failure.retryAfter();
    }

    /** The smallest one that is left, null when none is known. */
    @Nullable
    Duration smallest(Plan plan) {
        return plan.candidates().stream()
                .map(this::remaining)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElse(null);
    }

    private @Nullable Duration remaining(Candidate candidate) {
        Deadline end = ends.get(candidate);
        Duration told = end == null ? Duration.ZERO : end.remaining(parts.ticker());
        Availability availability = parts.health().availability(candidate);
        Duration held = availability.state() == Availability.State.HELD ? availability.remaining() : Duration.ZERO;
        Duration longer = told.compareTo(held) > 0 ? told : held;
        return longer.isZero() ? null : longer;
    }
}
