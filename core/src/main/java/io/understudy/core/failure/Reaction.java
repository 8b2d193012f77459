package io.understudy.core.failure;

/** What a failure leads to. */
public enum Reaction {
    /** The same candidate again while retries remain, then the next. */
    RETRY,
    /** The next candidate at once. */
    NEXT,
    /** No further attempt: the caller gets this answer. */
    FAIL
}
