package io.understudy.servlet.report;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What has become of the calls of one candidate since the start.
 *
 * @param requests calls that have ended, those of callers who left apart
 * @param failures those among them that failed, for whatever reason
 * @param lastFailure the latest one, null if there was none
 * @param latencyMs how long the latest successful calls took to their end, null if there was none
 * @param firstTokenMs how long the latest successful streams took to their first content, null if there was none
 */
public record CandidateFigures(
        long requests,
        long failures,
        @Nullable LastFailure lastFailure,
        @Nullable Quantiles latencyMs,
        @Nullable Quantiles firstTokenMs) {
    static final CandidateFigures NONE = new CandidateFigures(0, 0, null, null, null);

    /**
     * What went wrong.
     *
     * @param status the upstream's HTTP status, null if there was no answer
     */
    public record LastFailure(String kind, @Nullable Integer status, Instant at) {}
}
