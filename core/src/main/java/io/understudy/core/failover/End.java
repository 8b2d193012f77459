package io.understudy.core.failover;

/** Why an exchange ended without an answer. */
public enum End {
    /** A failure whose reaction is FAIL: the caller gets that answer. */
    FAIL,
    /** Every way was tried. */
    EXHAUSTED,
    /** No time is left. */
    DEADLINE,
    /** Nobody is left but candidates that must not be called now. */
    UNAVAILABLE,
    /** The caller went away. */
    CANCELLED
}
