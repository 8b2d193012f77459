package io.understudy.servlet.exchange;

import io.understudy.core.failure.ErrorFacts;
import io.understudy.core.failure.Failure;
import io.understudy.core.failure.FailureKind;
import io.understudy.servlet.dialect.AnswerReading;
import io.understudy.servlet.dialect.ErrorBody;
import io.understudy.servlet.upstream.Provider;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What comes of one call, taken for a failure or for none; it remembers what the provider said of its failure. In the exchange's loop. */
final class Judgement {
    private final Provider provider;
    private final boolean streamed;
    private @Nullable ErrorFacts said;

    /**
     * Of one call.
     *
     * @param streamed whether a stream was asked for
     */
    Judgement(Provider provider, boolean streamed) {
        this.provider = provider;
        this.streamed = streamed;
    }

    /** What the provider said of its failure, in an answer or in a stream; null if it said nothing. */
    @Nullable
    ErrorFacts said() {
        return said;
    }

    Failure error(ErrorFacts facts) {
        said = facts;
        return provider.classifier().classify(facts, Instant.now());
    }

    /** What a status amounts to of which nothing else is known, null if it is no failure. */
    @Nullable
    Failure status(int known) {
        return known < 400 ? null : error(ErrorBody.read(known, Map.of(), new byte[0]));
    }

    /** To log in somewhere, most likely: whoever was asked for the caller itself has said what it thinks of it. */
    static Failure turnedAway(int status) {
        return Failure.of(FailureKind.UNAUTHORIZED, status, "the caller is sent elsewhere");
    }

    Failure lost(Throwable cause, boolean requestWritten) {
        return provider.lost(cause, requestWritten);
    }

    /** What is wrong with an answer that was given as a success, null if nothing is. */
    @Nullable
    Failure success(UpstreamAnswer answer, AnswerReading reading) {
        ErrorFacts error = reading.error();
        if (error != null) {
            return dressedAsSuccess(error);
        } else if (!reading.valid()) {
            return bad(answer.body().length == 0 ? "the answer is empty" : "the answer is not a JSON object");
        }
        return streamed ? bad("a stream was asked for, and something else came") : null;
    }

    /**
     * An error object in the place of an answer: what it says of quota, rate or policy counts. Otherwise it is an answer
     * that is none, and never the caller's fault, which a provider would have said with a status.
     */
    private Failure dressedAsSuccess(ErrorFacts facts) {
        Failure failure = error(facts);
        return switch (failure.kind()) {
            case BAD_REQUEST, SERVER_ERROR -> bad("the answer is an error dressed as a success");
            default -> failure;
        };
    }

    static Failure bad(String message) {
        return Failure.of(FailureKind.BAD_ANSWER, message);
    }
}
