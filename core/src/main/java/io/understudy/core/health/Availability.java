package io.understudy.core.health;

import java.time.Duration;

/**
 * How a candidate stands at this moment.
 *
 * @param state     whether it can be called, or what is in the way
 * @param remaining how long that lasts as far as is known, zero when ready
 */
public record Availability(State state, Duration remaining) {
    /** Nothing is in the way. */
    public static final Availability READY = new Availability(State.READY, Duration.ZERO);

    /** What is in the way. */
    public enum State {
        /** Nothing. */
        READY,
        /** A cooldown of our own reckoning; it is broken rather than refusing a caller. */
        COOLING,
        /** A cooldown that the upstream asked for, an account without credit, or a full provider; never broken. */
        HELD,
        /** An open circuit; it is broken rather than refusing a caller. */
        OPEN,
        /** A half-open circuit whose one probe is under way; treated like an open one. */
        PROBING
    }
}
