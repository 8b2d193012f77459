package io.understudy.example.servers.foreign;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A servlet of the foreign application that answers asynchronously, and badly. */
public final class ForeignAsynchronous extends HttpServlet {
    private static final long serialVersionUID = 1;

    /** For the container. */
    public ForeignAsynchronous() {}

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) {
        AsyncContext context = request.startAsync();
        context.start(() -> {
            try {
                response.setStatus(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
                response.setContentType("text/plain");
                response.getWriter().print("by itself");
                context.complete();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
