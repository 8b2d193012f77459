package io.understudy.core.failure;

/** Whom a failure sends into a cooldown, a time in which a candidate is not chosen. */
public enum CooldownScope {
    /** Nobody. */
    NONE,
    /** The candidate that failed. */
    CANDIDATE,
    /** Every candidate of its provider: the account or the key is what failed. */
    PROVIDER
}
