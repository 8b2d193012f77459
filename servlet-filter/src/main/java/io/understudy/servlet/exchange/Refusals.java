package io.understudy.servlet.exchange;

import io.understudy.servlet.config.ClientKey;
import io.understudy.servlet.dialect.ApiError;
import io.understudy.servlet.inbound.InboundRequest;
import io.understudy.servlet.report.ExchangeRecord.Outcome;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Says no before anything has begun. */
public final class Refusals {
    private Refusals() {}

    /**
     * Writes the error in the dialect of the request, and records it.
     *
     * @param caller whose key was shown, null if none was, or none is needed
     */
    public static void write(
            Services services,
            InboundRequest request,
            @Nullable ClientKey caller,
            HttpServletResponse response,
            ApiError error)
            throws IOException {
        Journal journal = new Journal(request);
        journal.caller(caller);
        journal.outcome(Outcome.REJECTED, error.status());
        if (error.status() == 503) {
            response.setHeader("Retry-After", "1");
            response.setHeader("x-should-retry", "true");
        }
        byte[] body = request.endpoint().dialect().errorBody(error, request.requestId());
        try {
            ImmediateAnswer.write(services, journal, response, error.status(), body);
        } finally {
            services.listener().ended(journal.record());
        }
    }
}
