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
 */
public record AnswerReading(boolean valid, @Nullable ErrorFacts error, Usage usage) {
    private static final AnswerReading INVALID = new AnswerReading(false, null, Usage.UNKNOWN);

    static AnswerReading of(byte[] body) {
        Walk walk = new Walk();
        return JsonFields.object(body, 0, body.length, walk::field)
                ? new AnswerReading(true, walk.error, walk.usage)
                : INVALID;
    }

    private static final class Walk {
        private @Nullable ErrorFacts error;
        private Usage usage = Usage.UNKNOWN;

        void field(String name, JsonParser json) throws IOException {
            switch (name) {
                case "error" -> error = ErrorBody.errorValue(json);
                case "usage" -> usage = Usage.read(json);
                default -> {}
            }
        }
    }
}
