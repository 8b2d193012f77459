package io.understudy.servlet.exchange;

import io.understudy.servlet.dialect.ApiError;
import io.understudy.servlet.inbound.InboundRequest;
import io.understudy.servlet.report.ExchangeRecord.Outcome;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/** Says no before anything has begun: before the body is read, in the container's thread, in a few hundred bytes. */
public final class Refusals {
    private Refusals() {}

    /** Writes the error in the dialect of the request, and records it. */
    public static void write(Services services, InboundRequest request, HttpServletResponse response, ApiError error)
            throws IOException {
        Journal journal = new Journal(request);
        journal.outcome(Outcome.REJECTED, error.status());
        response.setStatus(error.status());
        Map<String, String> report = services.settings().headers().report() ? journal.headers() : Map.of();
        report.forEach(response::setHeader);
        if (error.status() == 503) {
            response.setHeader("Retry-After", "1");
            response.setHeader("x-should-retry", "true");
        }
        response.setContentType("application/json");
        byte[] body = request.endpoint().dialect().errorBody(error, request.requestId());
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        services.listener().ended(journal.record());
    }
}
