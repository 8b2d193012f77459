package io.understudy.core.failure;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong in one attempt.
 *
 * @param kind        what it is
 * @param status      the upstream's HTTP status, if there was an answer
 * @param retryAfter  how long the upstream asks to wait, always positive
 * @param message     a short text without upstream text and without secrets
 * @param maybeBilled whether the request had been sent, so that the upstream may have worked on it
 * @param stale       whether a <em>reused</em> connection was lost before any byte of an answer: once again on a fresh
 *     one, at once, and nobody is blamed
 * @param cooldown    whom it sends into a cooldown
 * @param cause       the exception it came from
 */
public record Failure(
        FailureKind kind,
        @Nullable Integer status,
        @Nullable Duration retryAfter,
        String message,
        boolean maybeBilled,
        boolean stale,
        CooldownScope cooldown,
        @Nullable Throwable cause) {
    public Failure {
        if (retryAfter != null && (retryAfter.isNegative() || retryAfter.isZero())) {
            throw new IllegalArgumentException("retryAfter: " + retryAfter + " (expected: > 0, or null)");
        }
        if (stale && kind != FailureKind.CONNECTION) {
            throw new IllegalArgumentException("stale: true with kind " + kind.label() + " (expected: connection)");
        }
    }

    /** A failure without an answer from upstream. */
    public static Failure of(FailureKind kind, String message) {
        return new Failure(kind, null, null, message, false, false, kind.cooldown(), null);
    }

    /** A failure that the upstream answered with a status. */
    public static Failure of(FailureKind kind, int status, String message) {
        return new Failure(kind, status, null, message, false, false, kind.cooldown(), null);
    }

    /** A reused connection that was lost before any byte of an answer. */
    public static Failure staleConnection(boolean requestWritten, @Nullable Throwable cause) {
        FailureKind kind = FailureKind.CONNECTION;
        String message = "a reused connection was lost before any answer";
        return new Failure(kind, null, null, message, requestWritten, true, kind.cooldown(), cause);
    }

    /** The same failure of an attempt whose request had been sent. */
    public Failure billed() {
        return new Failure(kind, status, retryAfter, message, true, stale, cooldown, cause);
    }

    /** The same failure with what the upstream asks to wait. */
    public Failure withRetryAfter(@Nullable Duration wait) {
        return new Failure(kind, status, wait, message, maybeBilled, stale, cooldown, cause);
    }

    /** The same failure with another reach of its cooldown. */
    public Failure withCooldown(CooldownScope scope) {
        return new Failure(kind, status, retryAfter, message, maybeBilled, stale, scope, cause);
    }

    /** The same failure with the exception it came from. */
    public Failure withCause(Throwable origin) {
        return new Failure(kind, status, retryAfter, message, maybeBilled, stale, cooldown, origin);
    }

    /**
     * What the candidate's circuit makes of it: the kind's blame, but a stale connection blames nobody, and only an
     * answer proves life.
     */
    public Blame blame() {
        boolean proofless = kind.blame() == Blame.ALIVE && status == null;
        return stale || proofless ? Blame.NEUTRAL : kind.blame();
    }
}
