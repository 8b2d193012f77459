package io.understudy.core.failure;

import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

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

    /** The failure that an upstream's answer, or an error event inside its stream, tells of. */
    public Failure classify(ErrorFacts facts, Instant now) {
        return AnswerClassifier.classify(facts, transient400, transientPatterns, now);
    }

    /** The failure that an exception tells of. */
    public Failure classify(Throwable thrown, boolean requestWritten) {
        return ExceptionClassifier.classify(thrown, requestWritten);
    }
}
