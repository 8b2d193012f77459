package io.understudy.core.failure;

import io.understudy.core.backoff.RetryAfter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/** Tells what kind of failure an upstream's answer is, by its status. */
final class AnswerClassifier {
    private AnswerClassifier() {}

    static Failure classify(ErrorFacts facts, boolean transient400, List<Pattern> transientPatterns, Instant now) {
        Integer status = facts.status();
        FailureKind kind = status == null ? FailureKind.SERVER_ERROR : byStatus(status);
        Duration wait = RetryAfter.explicit(facts.headers(), facts.retryHint(), now);
        return new Failure(kind, status, wait, kind.label(), false, false, kind.cooldown(), null);
    }

    private static FailureKind byStatus(int status) {
        return switch (status) {
            case 401, 403 -> FailureKind.UNAUTHORIZED;
            case 402 -> FailureKind.QUOTA_EXHAUSTED;
            case 404, 405, 409, 410, 501 -> FailureKind.UNAVAILABLE;
            case 408 -> FailureKind.REQUEST_TIMEOUT;
            case 429 -> FailureKind.RATE_LIMITED;
            case 503, 529 -> FailureKind.OVERLOADED;
            default ->
                status < 400
                        ? FailureKind.BAD_ANSWER
                        : status < 500 ? FailureKind.BAD_REQUEST : FailureKind.SERVER_ERROR;
        };
    }
}
