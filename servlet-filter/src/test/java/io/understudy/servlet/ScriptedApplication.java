package io.understudy.servlet;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An application's own servlet that does with each request what the test says, and remembers what it was asked. */
final class ScriptedApplication extends HttpServlet {
    private static final long serialVersionUID = 1;

    /** What it does. */
    interface Deed {
        /** Does it. */
        void with(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException;

        /** Answers with this body. */
        static Deed answer(int status, String type, String body) {
            return (request, response) -> {
                response.setStatus(status);
                response.setContentType(type);
                response.getOutputStream().write(body.getBytes(StandardCharsets.UTF_8));
            };
        }

        /** Streams these events, each flushed. */
        static Deed stream(List<String> events) {
            return (request, response) -> {
                response.setContentType("text/event-stream");
                for (String event : events) {
                    response.getWriter().write(event);
                    response.flushBuffer();
                }
            };
        }

        /** Does something else afterwards. */
        default Deed then(Deed next) {
            return (request, response) -> {
                with(request, response);
                next.with(request, response);
            };
        }
    }

    private final transient List<String> asked = new CopyOnWriteArrayList<>();
    private transient volatile Deed deed = Deed.answer(404, "text/plain", "nothing is scripted");

    /** From now on it does this. */
    void always(Deed done) {
        deed = done;
    }

    /** The requests so far: path and query, then each header in a line, then an empty line and the body. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        List<String> lines = new ArrayList<>();
        lines.add(request.getMethod() + " " + request.getRequestURI()
                + (request.getQueryString() == null ? "" : "?" + request.getQueryString()));
        for (String name : Collections.list(request.getHeaderNames())) {
            Collections.list(request.getHeaders(name)).forEach(value -> lines.add(name + ": " + value));
        }
        lines.add("");
        lines.add(new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        asked.add(String.join("\n", lines));
        deed.with(request, response);
    }
}
