package io.understudy.benchmark;

import io.understudy.core.candidate.Candidate;
import io.understudy.core.failover.AttemptLease;
import io.understudy.core.failover.Failover;
import io.understudy.core.failover.FailoverListener;
import io.understudy.core.failover.FailoverPolicy;
import io.understudy.core.failover.FailoverSession;
import io.understudy.core.failover.Step;
import io.understudy.core.failure.Failure;
import io.understudy.core.failure.FailureKind;
import io.understudy.core.health.HealthPolicy;
import io.understudy.core.health.LocalHealth;
import io.understudy.core.time.Deadline;
import io.understudy.core.time.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A whole decision: a plan of three out of three, a call that fails, and the next candidate, which answers. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(2)
public class DecisionBenchmark {
    private static final Duration ATTEMPT = Duration.ofMinutes(2);
    private static final Duration EXCHANGE = Duration.ofMinutes(10);
    private static final Failure LATE = Failure.of(FailureKind.TIMEOUT, "late");

    private final List<Candidate> candidates = List.of(candidate("a"), candidate("b"), candidate("c"));
    private final Ticker ticker = Ticker.system();
    private final Failover failover = new Failover(
            FailoverPolicy.defaults(),
            new LocalHealth(withoutOpenCircuits(), ticker),
            ticker,
            ThreadLocalRandom::current,
            FailoverListener.silent());

    private static Candidate candidate(String provider) {
        return new Candidate(provider, "m", 1, 0, true, Set.of("chat"));
    }

    /** Failures are counted as ever, but the path stays the same from one decision to the next. */
    private static HealthPolicy withoutOpenCircuits() {
        HealthPolicy defaults = HealthPolicy.defaults();
        return new HealthPolicy(
                Integer.MAX_VALUE,
                defaults.openTime(),
                defaults.maxOpenTime(),
                defaults.cooldown(),
                defaults.retryBudget());
    }

    /** The decision; its lease is the result. */
    @Benchmark
    public AttemptLease decision() {
        Deadline deadline = Deadline.after(EXCHANGE, ticker);
        FailoverSession session = failover.begin(failover.plan(candidates), deadline, ATTEMPT);
        Step.Call first = (Step.Call) session.start();
        Step.Call second = (Step.Call) session.failed(first.attempt(), LATE);
        AttemptLease lease = session.succeeded(second.attempt());
        lease.completed();
        return lease;
    }
}
