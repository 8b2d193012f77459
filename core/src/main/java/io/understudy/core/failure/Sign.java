package io.understudy.core.failure;

import org.jspecify.annotations.Nullable;

/** What an error's code, type or text tells, before its status has said how far to believe it. */
enum Sign {
    POLICY(FailureKind.CONTENT_POLICY),
    QUOTA(FailureKind.QUOTA_EXHAUSTED),
    CONTEXT(FailureKind.CONTEXT_OVERFLOW),
    LIMITED(FailureKind.RATE_LIMITED),
    OVERLOADED(FailureKind.OVERLOADED),
    KEY(FailureKind.UNAUTHORIZED),
    /** The candidate's model is what is missing. */
    MODEL(FailureKind.UNAVAILABLE),
    /** Something is missing that need not be the model. */
    MISSING(FailureKind.UNAVAILABLE),
    REQUEST(FailureKind.BAD_REQUEST);

    private final FailureKind kind;

    Sign(FailureKind kind) {
        this.kind = kind;
    }

    FailureKind kind() {
        return kind;
    }

    /** What an error code or type tells, null if it is not known. */
    static @Nullable Sign ofCode(String code) {
        return ErrorCodes.SIGNS.get(ErrorCodes.normalised(code));
    }
}
