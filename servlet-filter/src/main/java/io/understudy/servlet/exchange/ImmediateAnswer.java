package io.understudy.servlet.exchange;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A few hundred bytes of JSON, written at once in the container's thread. */
final class ImmediateAnswer {
    private ImmediateAnswer() {}

    static void write(Services services, Journal journal, HttpServletResponse response, int status, byte[] json)
            throws IOException {
        response.setStatus(status);
        if (services.settings().headers().report()) {
            journal.headers().forEach(response::setHeader);
        }
        response.setContentType("application/json");
        response.setContentLength(json.length);
        response.getOutputStream().write(json);
    }
}
