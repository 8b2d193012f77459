package io.understudy.core.failover;

import io.understudy.core.candidate.Candidate;
import io.understudy.core.candidate.Plan;
import io.understudy.core.candidate.WeightedOrder;
import io.understudy.core.health.Availability;
import io.understudy.core.health.Health;
import io.understudy.core.time.Deadline;
import io.understudy.core.time.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** The place where exchanges begin: it draws their plans and opens their sessions. Thread-safe. */
public final class Failover {
    private final Parts parts;

    /**
     * A failover of these parts.
     *
     * @param dice gives a generator for the calling thread, such as {@code ThreadLocalRandom::current}
     */
    public Failover(
            FailoverPolicy policy,
            Health health,
            Ticker ticker,
            Supplier<? extends RandomGenerator> dice,
            FailoverListener listener) {
        this.parts = new Parts(policy, health, ticker, dice, listener);
    }

    /** The eligible candidates in weighted order, those that cannot be called now behind the others. */
    public Plan plan(List<Candidate> eligible) {
        List<Candidate> drawn = WeightedOrder.draw(eligible, parts.dice().get());
        List<Candidate> ready = drawn.stream().filter(this::isReady).toList();
        if (ready.size() == drawn.size()) {
            return new Plan(drawn);
        }
        Stream<Candidate> behind = drawn.stream().filter(candidate -> !ready.contains(candidate));
        return new Plan(Stream.concat(ready.stream(), behind).toList());
    }

    private boolean isReady(Candidate candidate) {
        return parts.health().availability(candidate).state() == Availability.State.READY;
    }

    /**
     * A session for one exchange.
     *
     * @param attemptTimeout how long one attempt may take while other candidates are left
     */
    public FailoverSession begin(Plan plan, Deadline deadline, Duration attemptTimeout) {
        return new FailoverSession(parts, plan, deadline, attemptTimeout);
    }
}
