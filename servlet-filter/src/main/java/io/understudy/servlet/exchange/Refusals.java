package io.understudy.servlet.exchange;

import io.understudy.servlet.dialect.ApiError;
import io.understudy.servlet.inbound.InboundRequest;
import io.understudy.servlet.report.ExchangeRecord.Outcome;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Says no before anything has begun. */
public final class Refusals {
    private Refusals() {}

    /** Writes the error in the dialect of the request, and records it. */
    public static void write(Services services, InboundRequest request, HttpServletResponse response, ApiError error)
            throws IOException {
        Journal journal = new Journal(request);
        journal.outcome(Outcome.REJECTED, error.status());
        if (error.status() == 503) {
            response.setHeader("Retry-After", "1");
            response.setHeader("x-should-retry", "true");
        }
        byte[] body = request.endpoint().dialect().errorBody(error, request.requestId());
        ImmediateAnswer.write(services, journal, response, error.status(), body);
        services.listener().ended(journal.record());
    }
}
