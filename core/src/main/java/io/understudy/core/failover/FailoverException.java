package io.understudy.core.failover;

import io.understudy.core.failure.Failure;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The end of an exchange without an answer. Its cause is the last attempt's exception; those of the earlier attempts are
 * suppressed.
 */
public final class FailoverException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient @Nullable Summary summary;

    FailoverException(Summary summary) {
        this(summary, causes(summary).toList());
    }

    private FailoverException(Summary summary, List<Throwable> causes) {
        super(message(summary), causes.isEmpty() ? null : causes.get(causes.size() - 1));
        this.summary = summary;
        causes.stream().limit(Math.max(0, causes.size() - 1)).forEach(this::addSuppressed);
    }

    static FailoverException interrupted(Summary summary, InterruptedException interrupted) {
        return new FailoverException(
                summary, Stream.concat(causes(summary), Stream.of(interrupted)).toList());
    }

    private static Stream<Throwable> causes(Summary summary) {
        return summary.failures().stream()
                .map(AttemptFailure::failure)
                .map(Failure::cause)
                .filter(Objects::nonNull);
    }

    /**
     * How the exchange ended.
     *
     * @throws IllegalStateException after the exception has been serialized, which the summary cannot be
     */
    public Summary summary() {
        if (summary == null) {
            throw new IllegalStateException("the summary was lost in serialization");
        }
        return summary;
    }

    private static String message(Summary summary) {
        String attempts =
                summary.failures().stream().map(FailoverException::line).collect(Collectors.joining(", "));
        String reason =
                switch (summary.end()) {
                    case FAIL -> "the request was refused";
                    case EXHAUSTED -> "no candidate answered";
                    case DEADLINE -> "no time is left";
                    case UNAVAILABLE -> "no candidate may be called now";
                    case CANCELLED -> "the call was cancelled";
                };
        return attempts.isEmpty() ? reason : reason + ": " + attempts;
    }

    private static String line(AttemptFailure failed) {
        return failed.attempt().candidate().provider() + "/"
                + failed.attempt().candidate().model() + " " + failed.failure().message();
    }
}
