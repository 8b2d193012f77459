package io.understudy.core.health;

/** How a candidate's circuit stands. */
public enum CircuitState {
    /** Requests go through. */
    CLOSED,
    /** Too many failed in a row: none go through for a time. */
    OPEN,
    /** The time is over: one goes through as a probe. */
    HALF_OPEN
}
