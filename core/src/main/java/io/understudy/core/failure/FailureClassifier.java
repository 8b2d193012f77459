package io.understudy.core.failure;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells what kind of failure an upstream's answer or an exception is. */
public final class FailureClassifier {
    private final boolean transient400;
    private final List<Pattern> transientPatterns;

    /**
     * A classifier for one provider.
     *
     * @param transient400      whether every 400 of this provider that is not recognised otherwise may pass
     * @param transientPatterns texts of 400 answers that may pass
     */
    public FailureClassifier(boolean transient400, List<Pattern> transientPatterns) {
        this.transient400 = transient400;
        this.transientPatterns = List.copyOf(transientPatterns);
    }

    /** The classifier for providers of which nothing special is known. */
    public static FailureClassifier defaults() {
        return new FailureClassifier(false, List.of());
    }

    /** The failure that an upstream's answer, or an error event inside its stream, tells of. */
    public Failure classify(ErrorFacts facts, Instant now) {
        return AnswerClassifier.classify(facts, transient400, transientPatterns, now);
    }

    /** The failure that an exception tells of. */
    public Failure classify(Throwable thrown, boolean requestWritten) {
        return ExceptionClassifier.classify(thrown, requestWritten);
    }

    /**
     * This classifier as a function of what a client throws. An answer goes before everything else that the exception or
     * a cause of it may tell; without one the exception is judged as that of a request which may have been sent.
     *
     * @param facts the upstream's answer, as far as an exception carries one; asked of the exception and then of its
     *     causes, until one is found
     * @param clock for {@code Retry-After} dates
     */
    public Function<Throwable, Failure> reading(
            Function<? super Throwable, @Nullable ErrorFacts> facts, InstantSource clock) {
        return thrown -> {
            ErrorFacts answer = ExceptionClassifier.firstOfChain(thrown, facts);
            return answer == null
                    ? classify(thrown, true)
                    : classify(answer, clock.instant()).withCause(thrown);
        };
    }
}
