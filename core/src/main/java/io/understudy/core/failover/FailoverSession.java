package io.understudy.core.failover;

import io.understudy.core.backoff.Backoff;
import io.understudy.core.candidate.Plan;
import io.understudy.core.failover.Prospects.Chosen;
import io.understudy.core.failover.Prospects.Prospect;
import io.understudy.core.failure.Failure;
import io.understudy.core.failure.FailureKind;
import io.understudy.core.failure.Reaction;
import io.understudy.core.health.Verdict;
import io.understudy.core.time.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The failover decision of one exchange: a state machine that says what to do next and does nothing itself.
 *
 * <pre>
 *   new ──start──▶ ┌─────────┐ ──failed──▶ Call | Pause | GiveUp
 *                  │ calling │ ──succeeded▶ over, with an {@link AttemptLease}
 *   Pause ─resume▶ └─────────┘ ──cancelled▶ over
 * </pre>
 *
 * <p><b>Choosing.</b> The first candidate of the plan that is ready is called. When none is, the session waits for the
 * cooldown that ends first, once in an exchange and if it ends within {@code maxRetryAfter} and before the deadline;
 * otherwise the first one in the plan whose cooldown or circuit may be broken is called for one attempt; otherwise it
 * gives up.
 *
 * <p><b>After a failure</b> the table's reaction decides.
 *
 * <ul>
 *   <li>FAIL ends the exchange.
 *   <li>NEXT chooses among the candidates that have not been called.
 *   <li>RETRY pauses and calls the same one again, unless one of these holds, when it acts as NEXT: its tries are used
 *       up; it was called although it was not ready; its probe failed or this failure opened its circuit; the request
 *       is too long for it; the upstream asks for more than {@code maxRetryAfter}; the pause would outlast the deadline;
 *       the retry budget is spent. If somebody else's failure has sent it into a cooldown or opened its circuit
 *       meanwhile, it waits for its turn behind those that are ready.
 *   <li>A stale connection is tried afresh at once, once for each candidate; that counts as the same try.
 * </ul>
 *
 * <p><b>Pauses.</b> {@link Backoff} with n = calls made to the candidate in this exchange, at least what the upstream
 * asks for; {@code transient_400} has a base delay of its own, 250 ms. Moving on waits nothing, unless
 * {@code delayOnSwitch}, when n counts all calls of the exchange. There is no pause after the last attempt and none
 * that ends after the deadline.
 *
 * <p><b>Time.</b> No attempt starts after the deadline. An attempt gets its timeout, cut so that a tenth of what remains
 * is left for each candidate still to come, half of it at most; when none is to come, it gets all that remains.
 *
 * <p>Not thread-safe: one driver asks it, step by step. Any call after the end, or out of turn, is an
 * {@link IllegalStateException}.
 */
public final class FailoverSession {
    private enum Phase {
        NEW,
        CALLING,
        PAUSED_BEFORE_RETRY,
        PAUSED_BEFORE_CHOICE,
        OVER
    }

    /** The call under way or, between calls, the latest one. */
    private record Current(Attempt attempt, Chosen chosen, AttemptLease lease) {
        Prospect prospect() {
            return chosen.prospect();
        }
    }

    private final Parts parts;
    private final Plan plan;
    private final Timing timing;
    private final Prospects prospects;
    private final Waits waits;
    private final List<AttemptFailure> failures = new ArrayList<>();
    private Phase phase = Phase.NEW;
    private @Nullable Current current;
    private int ids;

    FailoverSession(Parts parts, Plan plan, Deadline deadline, Duration attemptTimeout) {
        this.parts = parts;
        this.plan = plan;
        this.timing = new Timing(parts, deadline, attemptTimeout);
        this.prospects = new Prospects(plan, parts.policy().maxProviderAttempts(), parts.health());
        this.waits = new Waits(parts);
    }

    /** The first step. */
    public Step start() {
        expect(phase == Phase.NEW, "start");
        return choose();
    }

    /** The step after a pause. */
    public Step resume() {
        boolean retrying = phase == Phase.PAUSED_BEFORE_RETRY;
        expect(retrying || phase == Phase.PAUSED_BEFORE_CHOICE, "resume");
        return retrying ? callAgain(latest()) : choose();
    }

    /** The step after a failure of the attempt under way. */
    public Step failed(Attempt attempt, Failure failure) {
        Current call = underWay(attempt);
        Reaction reaction = parts.policy().reaction(attempt.candidate().provider(), failure);
        Verdict verdict = call.lease().close(failure);
        failures.add(new AttemptFailure(attempt, failure, reaction));
        waits.note(attempt.candidate(), failure, verdict);
        return switch (reaction) {
            case FAIL -> giveUp(failure.kind() == FailureKind.CANCELLED ? End.CANCELLED : End.FAIL);
            case NEXT -> isExcused(call, failure) ? callAfresh(call) : moveOn();
            case RETRY -> isExcused(call, failure) ? callAfresh(call) : retry(call, failure, verdict);
        };
    }

    /** The end at the commit point: the attempt under way serves the caller, and is judged when its lease closes. */
    public AttemptLease succeeded(Attempt attempt) {
        Current call = underWay(attempt);
        phase = Phase.OVER;
        return call.lease();
    }

    /** The end because the caller went away: nobody is blamed, and a probe gives its slot back. */
    public Summary cancelled() {
        expect(phase != Phase.OVER, "cancelled");
        if (phase == Phase.CALLING) {
            latest().lease().cancelled();
        }
        phase = Phase.OVER;
        return new Summary(End.CANCELLED, failures, null);
    }

    /** Ends the session as cancelled if it is not over. */
    void abandon() {
        if (phase != Phase.OVER) {
            cancelled();
        }
    }

    private Current underWay(Attempt attempt) {
        expect(phase == Phase.CALLING, "an attempt's end");
        Current call = latest();
        if (!call.attempt().equals(attempt)) {
            throw new IllegalStateException("attempt: " + attempt.id() + " (expected: the one under way, "
                    + call.attempt().id() + ")");
        }
        return call;
    }

    private void expect(boolean inTurn, String event) {
        if (!inTurn) {
            throw new IllegalStateException(event + " is out of turn: the session is " + phase);
        }
    }

    private Current latest() {
        if (current == null) {
            throw new IllegalStateException("no attempt has been made");
        }
        return current;
    }

    private boolean isExcused(Current call, Failure failure) {
        return failure.stale() && call.prospect().excuse();
    }

    private Step choose() {
        if (prospects.isEmpty()) {
            return giveUp(timing.hasCalled() ? End.EXHAUSTED : End.UNAVAILABLE);
        }
        if (timing.isOver()) {
            return giveUp(End.DEADLINE);
        }
        Chosen ready = prospects.ready();
        return ready == null ? chooseAmongUnavailable() : call(ready);
    }

    private Step chooseAmongUnavailable() {
        Duration soonest = prospects.soonestCooldown();
        if (soonest != null && timing.isWorthWaiting(soonest)) {
            return pause(soonest, Phase.PAUSED_BEFORE_CHOICE);
        }
        Chosen breakable = prospects.breakable();
        return breakable == null ? giveUp(End.UNAVAILABLE) : call(breakable);
    }

    private Step call(Chosen chosen) {
        timing.called();
        prospects.called(chosen.prospect());
        return callOnce(chosen);
    }

    private Step callOnce(Chosen chosen) {
        Prospect prospect = chosen.prospect();
        Attempt attempt = new Attempt(++ids, prospect.candidate, prospect.tries());
        AttemptLease lease = new AttemptLease(attempt, chosen.admission(), parts.listener());
        current = new Current(attempt, chosen, lease);
        phase = Phase.CALLING;
        int toCome = prospects.toCome();
        return new Step.Call(attempt, timing.timeout(toCome), toCome == 0);
    }

    private Step callAgain(Current before) {
        if (timing.isOver()) {
            return giveUp(End.DEADLINE);
        }
        Chosen again = prospects.again(before.chosen());
        return again == null ? choose() : call(again);
    }

    private Step callAfresh(Current before) {
        if (timing.isOver()) {
            return giveUp(End.DEADLINE);
        }
        Chosen afresh = prospects.afresh(before.chosen());
        return afresh == null ? moveOn() : callOnce(afresh);
    }

    private Step retry(Current call, Failure failure, Verdict verdict) {
        if (!mayRetry(call, failure, verdict)) {
            return moveOn();
        }
        Duration pause = timing.beforeRetry(call.prospect().tries(), failure);
        if (!timing.fits(pause) || !parts.health().grantsRetry(call.prospect().candidate)) {
            return moveOn();
        }
        return pause.isZero() ? callAgain(call) : pause(pause, Phase.PAUSED_BEFORE_RETRY);
    }

    private boolean mayRetry(Current call, Failure failure, Verdict verdict) {
        return call.prospect().tries() <= parts.policy().sameProviderRetries()
                && !call.chosen().anyway()
                && verdict.retryable()
                && failure.kind() != FailureKind.CONTEXT_OVERFLOW
                && !timing.asksTooMuch(failure);
    }

    private Step moveOn() {
        Duration pause = prospects.toCome() == 0 ? Duration.ZERO : timing.beforeSwitch();
        return pause.isZero() ? choose() : pause(pause, Phase.PAUSED_BEFORE_CHOICE);
    }

    private Step pause(Duration duration, Phase until) {
        phase = until;
        return new Step.Pause(duration);
    }

    private Step giveUp(End end) {
        phase = Phase.OVER;
        boolean waitingHelps = end != End.FAIL && end != End.CANCELLED;
        return new Step.GiveUp(new Summary(end, failures, waitingHelps ? waits.smallest(plan) : null));
    }
}
