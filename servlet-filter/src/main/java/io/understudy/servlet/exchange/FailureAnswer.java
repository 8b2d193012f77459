package io.understudy.servlet.exchange;

import io.understudy.core.failover.AttemptFailure;
import io.understudy.core.failover.End;
import io.understudy.core.failover.Summary;
import io.understudy.core.failure.FailureKind;
import io.understudy.servlet.dialect.ApiError;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the caller of an exchange is told when nothing is left.
 *
 * <table>
 * <caption>In this order</caption>
 * <tr><th>case</th><th>answer</th></tr>
 * <tr><td>a FAIL reaction to an upstream's answer</td><td>that answer</td></tr>
 * <tr><td>every failure was the request's own doing, or what it refers to is nowhere</td>
 *     <td>the last such answer</td></tr>
 * <tr><td>only one candidate was tried, and answered with an error</td><td>its status, {@code provider_error}; 502 for
 *     401, 402 and 403</td></tr>
 * <tr><td>nobody could be asked, or every attempt was rate limited</td>
 *     <td>429 {@code all_providers_rate_limited}</td></tr>
 * <tr><td>the last failure was a timeout, or time is up</td><td>504 {@code upstream_timeout}</td></tr>
 * <tr><td>otherwise</td><td>502 {@code all_providers_failed}</td></tr>
 * </table>
 *
 * @param passed the upstream's answer that is the caller's business, or null
 * @param own the gateway's own, said where that can't be passed
 * @param retryAfter when another try may help
 */
record FailureAnswer(@Nullable UpstreamAnswer passed, ApiError own, @Nullable Duration retryAfter) {
    /** The kinds that say something about the request rather than about a provider. */
    private static final Set<FailureKind> REQUESTS_OWN =
            EnumSet.of(FailureKind.BAD_REQUEST, FailureKind.CONTENT_POLICY, FailureKind.CONTEXT_OVERFLOW);

    /**
     * The answer to a summary.
     *
     * @param last the last answer that an upstream gave, if the last attempt got one
     * @param missing whether that answer says that what the request refers to is not there
     */
    static FailureAnswer of(Summary summary, @Nullable UpstreamAnswer last, boolean missing) {
        List<AttemptFailure> failures = summary.failures();
        if (failures.isEmpty()) {
            return summary.end() == End.UNAVAILABLE
                    ? rateLimited(summary, "every provider is cooling down or full")
                    : timeout(summary);
        }
        AttemptFailure latest = failures.get(failures.size() - 1);
        boolean requestsOwn = failures.stream()
                .allMatch(f -> REQUESTS_OWN.contains(f.failure().kind()));
        if (summary.end() == End.FAIL || requestsOwn || missing) {
            return passed(latest, last, summary);
        }
        if (isOneCandidate(failures)
                && latest.failure().status() != null
                && latest.failure().status() >= 400) {
            return new FailureAnswer(null, providerError(latest), summary.retryAfter());
        }
        if (failures.stream().allMatch(f -> f.failure().kind() == FailureKind.RATE_LIMITED)) {
            return rateLimited(summary, describe(failures));
        }
        if (latest.failure().kind() == FailureKind.TIMEOUT || summary.end() == End.DEADLINE) {
            return timeout(summary);
        }
        return new FailureAnswer(
                null, ApiError.failure(502, "all_providers_failed", describe(failures)), summary.retryAfter());
    }

    private static FailureAnswer passed(AttemptFailure latest, @Nullable UpstreamAnswer last, Summary summary) {
        boolean credentials = latest.failure().kind() == FailureKind.UNAUTHORIZED
                || latest.failure().kind() == FailureKind.QUOTA_EXHAUSTED;
        boolean callers = last != null && last.status() >= 300 && (last.forCaller() || !credentials);
        return new FailureAnswer(callers ? last : null, providerError(latest), summary.retryAfter());
    }

    /** An error of one provider with its status, as far as that is the caller's business. */
    private static ApiError providerError(AttemptFailure failure) {
        Integer status = failure.failure().status();
        int shown = status == null || status < 400 ? statusOf(failure.failure().kind()) : status;
        int callers = shown == 401 || shown == 402 || shown == 403 ? 502 : shown;
        return ApiError.failure(callers, "provider_error", describe(List.of(failure)));
    }

    /** The status of a failure that had none of its own, such as an error event in a stream. */
    static int statusOf(FailureKind kind) {
        return switch (kind) {
            case RATE_LIMITED -> 429;
            case OVERLOADED -> 503;
            case TIMEOUT, REQUEST_TIMEOUT -> 504;
            case BAD_REQUEST, CONTENT_POLICY, CONTEXT_OVERFLOW, TRANSIENT_400 -> 400;
            case UNAVAILABLE -> 404;
            case SERVER_ERROR, CONNECTION, QUOTA_EXHAUSTED, UNAUTHORIZED, BAD_ANSWER, CANCELLED -> 502;
        };
    }

    private static FailureAnswer rateLimited(Summary summary, String message) {
        return new FailureAnswer(
                null, ApiError.failure(429, "all_providers_rate_limited", message), summary.retryAfter());
    }

    private static FailureAnswer timeout(Summary summary) {
        String message = summary.failures().isEmpty() ? "no time was left" : describe(summary.failures());
        return new FailureAnswer(null, ApiError.failure(504, "upstream_timeout", message), null);
    }

    private static boolean isOneCandidate(List<AttemptFailure> failures) {
        return failures.stream().map(f -> f.attempt().candidate()).distinct().count() == 1;
    }

    /** Which providers failed, and how: {@code openai: rate_limited (429); azure: timeout}. */
    private static String describe(List<AttemptFailure> failures) {
        return failures.stream().map(FailureAnswer::describe).distinct().collect(Collectors.joining("; "));
    }

    private static String describe(AttemptFailure failed) {
        Integer status = failed.failure().status();
        return failed.attempt().candidate().provider() + ": "
                + failed.failure().kind().label() + (status == null ? "" : " (" + Objects.toString(status) + ")");
    }
}
