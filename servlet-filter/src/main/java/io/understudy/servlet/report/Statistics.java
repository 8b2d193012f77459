package io.understudy.servlet.report;

import io.understudy.core.candidate.Candidate;
import io.understudy.core.failover.Attempt;
import io.understudy.core.failover.FailoverListener;
import io.understudy.core.failure.Failure;
import io.understudy.core.failure.FailureKind;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts and times the calls of every candidate. A call is counted when it is judged, and timed when its exchange ends.
 * Offers of the same upstream model at the same provider are one candidate here, as they are for their health.
 * Thread-safe, lock-free but for the first call of each candidate; memory is some 5 KiB for each.
 */
public final class Statistics implements ExchangeListener, FailoverListener {
    private record Key(String provider, String model) {}

    private static final class Tally {
        private final LongAdder requests = new LongAdder();
        private final LongAdder failures = new LongAdder();
        private final Window latency = new Window();
        private final Window firstToken = new Window();
        private volatile CandidateFigures.@Nullable LastFailure lastFailure;

        CandidateFigures figures() {
            return new CandidateFigures(
                    requests.sum(), failures.sum(), lastFailure, latency.quantiles(), firstToken.quantiles());
        }
    }

    private final InstantSource clock;
    private final Map<Key, Tally> tallies = new ConcurrentHashMap<>();

    /** Statistics that have seen nothing yet. */
    public Statistics(InstantSource clock) {
        this.clock = clock;
    }

    /** What is known of a candidate. */
    public CandidateFigures figures(Candidate candidate) {
        Tally tally = tallies.get(new Key(candidate.provider(), candidate.model()));
        return tally == null ? CandidateFigures.NONE : tally.figures();
    }

    @Override
    public void attemptJudged(Attempt attempt, @Nullable Failure failure) {
        if (failure != null && failure.kind() == FailureKind.CANCELLED) {
            return;
        }
        Tally tally = tally(attempt.candidate().provider(), attempt.candidate().model());
        tally.requests.increment();
        if (failure != null) {
            tally.failures.increment();
            tally.lastFailure =
                    new CandidateFigures.LastFailure(failure.kind().label(), failure.status(), clock.instant());
        }
    }

    @Override
    public void ended(ExchangeRecord exchange) {
        for (AttemptRecord attempt : exchange.attempts()) {
            if (attempt.kind() == null) {
                time(tally(attempt.provider(), attempt.model()), attempt);
            }
        }
    }

    private static void time(Tally tally, AttemptRecord attempt) {
        tally.latency.add(attempt.durationMs());
        Long firstToken = attempt.firstTokenMs();
        if (firstToken != null) {
            tally.firstToken.add(firstToken);
        }
    }

    private Tally tally(String provider, String model) {
        return tallies.computeIfAbsent(new Key(provider, model), unseen -> new Tally());
    }
}
