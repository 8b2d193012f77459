package io.understudy.core.failure;

/** What a failure says about the candidate to its circuit. */
public enum Blame {
    /** It counts against the circuit. */
    COUNTS,
    /** The candidate has judged the request and refused it: it is alive, so that its circuit closes. */
    ALIVE,
    /** Nothing: the circuit is neither tripped nor reset. */
    NEUTRAL
}
