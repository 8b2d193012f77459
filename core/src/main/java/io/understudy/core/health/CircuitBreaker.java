package io.understudy.core.health;

import static io.understudy.core.health.CircuitState.CLOSED;
import static io.understudy.core.health.CircuitState.HALF_OPEN;
import static io.understudy.core.health.CircuitState.OPEN;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The circuit of one candidate.
 *
 * <pre>
 *             5 counted failures in a row                  its time is over
 *   CLOSED ──────────────────────────────▶ OPEN ──────────────────────────────▶ HALF_OPEN
 *      ▲                                    ▲                                    │ │  ▲ │
 *      │                                    └─────── the probe's failure ────────┘ │  └─┘ the probe says nothing
 *      └────────────────────────────── success, or an answer that proves life ─────┘
 * </pre>
 *
 * <p>It stays open for {@code min(maxOpenTime, openTime · times opened in a row)}. Then exactly one call is let through as
 * a probe: whoever wins the compare-and-set. A probe that says nothing (cancelled, rate limited) gives its slot back; one
 * that is not heard of within {@code maxOpenTime} loses it.
 *
 * <p>Every change of state begins an era, and a call is judged only in the era in which it was let through: an old
 * stream's end neither closes nor opens a circuit that has moved on since. A success of a call that was let through while
 * the circuit was not closed closes it; such a call's failure changes nothing unless it is the probe.
 *
 * <p>Lock-free. The state outlives a change of policy, so that the policy is an argument.
 */
final class CircuitBreaker {
    /** The right to one call. */
    record Ticket(long era, boolean probe) {}

    /**
     * Where the circuit stands.
     *
     * @param until when it may be probed: the end of the open time, or of the time that the probe under way has
     */
    private record State(CircuitState circuit, long era, int failures, int openings, long until, boolean probing) {
        boolean mayProbe(long now) {
            return switch (circuit) {
                case CLOSED -> false;
                case OPEN -> until - now <= 0;
                case HALF_OPEN -> !probing || until - now <= 0;
            };
        }

        State withFailures(int count) {
            return count == failures ? this : new State(circuit, era, count, openings, until, probing);
        }

        State closed() {
            return new State(CLOSED, era + 1, 0, 0, until, false);
        }

        State open(long now, HealthPolicy policy) {
            Duration time = policy.openTime().multipliedBy(openings + 1L);
            Duration bounded = time.compareTo(policy.maxOpenTime()) < 0 ? time : policy.maxOpenTime();
            return new State(OPEN, era + 1, 0, openings + 1, now + bounded.toNanos(), false);
        }

        State probing(long now, HealthPolicy policy) {
            return new State(
                    HALF_OPEN, era + 1, 0, openings, now + policy.maxOpenTime().toNanos(), true);
        }

        State slotFree() {
            return new State(HALF_OPEN, era + 1, 0, openings, until, false);
        }
    }

    private final AtomicReference<State> state = new AtomicReference<>(new State(CLOSED, 0, 0, 0, 0, false));

    private State present() {
        return Objects.requireNonNull(state.get());
    }

    /** How the circuit stands; an open one whose time is over is half-open. */
    CircuitState circuit(long now) {
        State present = present();
        return present.mayProbe(now) ? HALF_OPEN : present.circuit();
    }

    /** How long until it may be probed, 0 if it may be called. */
    long remainingNanos(long now) {
        State present = present();
        return present.circuit() == CLOSED || present.mayProbe(now) ? 0 : present.until() - now;
    }

    /** Whether there is nothing to remember. */
    boolean isUntroubled() {
        State present = present();
        return present.circuit() == CLOSED && present.failures() == 0;
    }

    /** A ticket if the circuit is closed, or for the probe; otherwise null. */
    @Nullable
    Ticket admit(long now, HealthPolicy policy) {
        while (true) {
            State present = present();
            if (present.circuit() == CLOSED) {
                return new Ticket(present.era(), false);
            }
            if (!present.mayProbe(now)) {
                return null;
            }
            State probing = present.probing(now, policy);
            if (state.compareAndSet(present, probing)) {
                return new Ticket(probing.era(), true);
            }
        }
    }

    /** A ticket in any case, for the probe if that is due. */
    Ticket admitAnyway(long now, HealthPolicy policy) {
        Ticket ordinary = admit(now, policy);
        return ordinary == null ? new Ticket(present().era(), false) : ordinary;
    }

    /** Judges a call as a success, or as an answer that proves life; the new state, null if it is the old one. */
    @Nullable
    CircuitState succeeded(Ticket ticket) {
        return change(ticket, present -> present.circuit() == CLOSED ? present.withFailures(0) : present.closed());
    }

    /** Judges a call as a counted failure; the new state, null if it is the old one. */
    @Nullable
    CircuitState failed(Ticket ticket, long now, HealthPolicy policy) {
        return change(ticket, present -> {
            if (present.circuit() == CLOSED && present.failures() + 1 < policy.consecutiveFailures()) {
                return present.withFailures(present.failures() + 1);
            }
            return present.circuit() == CLOSED || ticket.probe() ? present.open(now, policy) : present;
        });
    }

    /** Notes that a call says nothing; a probe's slot is free again. */
    void saidNothing(Ticket ticket) {
        change(ticket, present -> ticket.probe() ? present.slotFree() : present);
    }

    private interface Change {
        State apply(State present);
    }

    private @Nullable CircuitState change(Ticket ticket, Change change) {
        while (true) {
            State before = present();
            State after = before.era() == ticket.era() ? change.apply(before) : before;
            if (after.equals(before) || state.compareAndSet(before, after)) {
                return after.circuit() == before.circuit() ? null : after.circuit();
            }
        }
    }
}
