package io.understudy.core.health;

import io.understudy.core.failure.Failure;
import io.understudy.core.health.CircuitBreaker.Ticket;
import io.understudy.core.time.Ticker;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One call to a candidate of {@link LocalHealth}, and the cooldown that it caused. */
final class LocalAdmission implements Admission {
    private record Caused(CooldownClock clock, long until) {}

    private final @Nullable LocalAdmission previous;
    private final CandidateHealth health;
    private final Ticket ticket;
    private final HealthPolicy policy;
    private final Ticker ticker;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile @Nullable Caused caused;

    /**
     * A call.
     *
     * @param previous the call of the same exchange that this one repeats
     */
    LocalAdmission(
            @Nullable LocalAdmission previous,
            CandidateHealth health,
            Ticket ticket,
            HealthPolicy policy,
            Ticker ticker) {
        this.previous = previous;
        this.health = health;
        this.ticket = ticket;
        this.policy = policy;
        this.ticker = ticker;
    }

    @Override
    public Verdict close(@Nullable Failure failure) {
        if (!closed.compareAndSet(false, true)) {
            return Verdict.UNCHANGED;
        }
        if (failure == null) {
            return new Verdict(true, health.circuit().succeeded(ticket), null);
        }
        CircuitState changed = judge(failure);
        return new Verdict(!ticket.probe() && changed != CircuitState.OPEN, changed, coolDown(failure));
    }

    private @Nullable CircuitState judge(Failure failure) {
        return switch (failure.blame()) {
            case COUNTS -> health.circuit().failed(ticket, ticker.nanos(), policy);
            case ALIVE -> health.circuit().succeeded(ticket);
            case NEUTRAL -> {
                health.circuit().saidNothing(ticket);
                yield null;
            }
        };
    }

    private @Nullable Cooldown coolDown(Failure failure) {
        Cooldown cooldown = Cooldown.after(failure, policy.cooldown());
        if (cooldown != null) {
            CooldownClock clock = health.clock(cooldown);
            caused = new Caused(clock, clock.begin(ticker.nanos(), cooldown.duration()));
        }
        return cooldown;
    }

    /** When the latest cooldown ends that this exchange has caused on a clock; now if it has caused none. */
    long causedUntil(CooldownClock clock, long now) {
        long earlier = previous == null ? now : previous.causedUntil(clock, now);
        Caused own = caused;
        return own != null && own.clock() == clock && own.until() - earlier > 0 ? own.until() : earlier;
    }
}
