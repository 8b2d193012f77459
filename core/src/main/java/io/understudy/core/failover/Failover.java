package io.understudy.core.failover;

import io.understudy.core.candidate.Candidate;
import io.understudy.core.candidate.Plan;
import io.understudy.core.candidate.WeightedOrder;
import io.understudy.core.health.Availability;
import io.understudy.core.health.Health;
import io.understudy.core.time.Deadline;
import io.understudy.core.time.Scheduler;
import io.understudy.core.time.Sleeper;
import io.understudy.core.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The place where exchanges begin: it draws their plans and opens their sessions, and for those who only have a call to
 * make it drives them, too. Thread-safe.
 */
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
        return new Plan(areReady(drawn) ? drawn : readyFirst(drawn));
    }

    private List<Candidate> readyFirst(List<Candidate> drawn) {
        List<Candidate> ready = new ArrayList<>(drawn.size());
        List<Candidate> behind = new ArrayList<>();
        drawn.forEach(candidate -> (isReady(candidate) ? ready : behind).add(candidate));
        ready.addAll(behind);
        return ready;
    }

    private boolean areReady(List<Candidate> candidates) {
        for (Candidate candidate : candidates) {
            if (!isReady(candidate)) {
                return false;
            }
        }
        return true;
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

    /**
     * Calls one of these candidates, and others when it fails, on the calling thread.
     *
     * @throws FailoverException if none has answered; also if the thread was interrupted, which it then still is
     */
    public <T> T call(List<Candidate> candidates, CallPolicy terms, Sleeper sleeper, BlockingCall<T> upstream) {
        return new BlockingDriver<>(begin(candidates, terms), terms.classifier(), sleeper, upstream).run();
    }

    /** {@link #call(List, CallPolicy, Sleeper, BlockingCall) Calls} with the default terms and the thread's own sleep. */
    public <T> T call(List<Candidate> candidates, BlockingCall<T> upstream) {
        return call(candidates, CallPolicy.defaults(), Sleeper.system(), upstream);
    }

    /**
     * Calls one of these candidates, and others when it fails, without blocking a thread.
     *
     * @return the answer, or a {@link FailoverException}; whoever cancels it leaves the exchange: the call under way is
     *     cancelled, too, and nobody is blamed
     */
    public <T> CompletableFuture<T> callAsync(
            List<Candidate> candidates, CallPolicy terms, Scheduler scheduler, AsyncCall<T> upstream) {
        return new AsyncDriver<>(begin(candidates, terms), terms.classifier(), scheduler, upstream).run();
    }

    private FailoverSession begin(List<Candidate> candidates, CallPolicy terms) {
        Deadline deadline = Deadline.after(terms.exchangeTimeout(), parts.ticker());
        return begin(plan(candidates), deadline, terms.attemptTimeout());
    }
}
