package io.understudy.servlet.dialect;

import com.fasterxml.jackson.core.JsonParser;
import io.understudy.core.failure.ErrorFacts;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What a complete 2xx answer turned out to be.
 *
 * @param valid whether it is one JSON object
 * @param error the error object it carries all the same, or null
 * @param kept what it says that its provider keeps
 */
public record AnswerReading(boolean valid, @Nullable ErrorFacts error, Usage usage, StateReferences kept) {
    private static final AnswerReading INVALID = new AnswerReading(false, null, Usage.UNKNOWN, StateReferences.NONE);

    static AnswerReading of(byte[] body, StateFinder finder) {
        Walk walk = new Walk(finder);
        return JsonFields.object(body, 0, body.length, walk::field)
                ? new AnswerReading(true, walk.error, walk.usage, finder.found())
                : INVALID;
    }

    /** What has been kept comes back as it is, an error in it too; what has been deleted may leave nothing to say. */
    static AnswerReading ofKept(byte[] body, StateFinder finder) {
        AnswerReading reading = of(body, finder);
        return new AnswerReading(reading.valid() || body.length == 0, null, Usage.UNKNOWN, reading.kept());
    }

    private static final class Walk {
        private final StateFinder finder;
        private @Nullable ErrorFacts error;
        private Usage usage = Usage.UNKNOWN;

        Walk(StateFinder finder) {
            this.finder = finder;
        }

        void field(String name, JsonParser json) throws IOException {
            switch (name) {
                case "error" -> error = ErrorBody.errorValue(json);
                case "usage" -> usage = Usage.read(json);
                default -> finder.value(name, json);
            }
        }
    }
}
