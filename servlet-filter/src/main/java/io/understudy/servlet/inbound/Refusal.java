package io.understudy.servlet.inbound;

import io.understudy.servlet.dialect.ApiError;

/** A request that is refused without a call; the error says why. */
public final class Refusal extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient ApiError error;

    /** A refusal with what the caller is told. */
    public Refusal(ApiError error) {
        super(error.message(), null, false, false);
        this.error = error;
    }

    /** What the caller is told. */
    public ApiError error() {
        return error;
    }
}
