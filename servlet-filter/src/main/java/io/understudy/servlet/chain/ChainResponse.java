package io.understudy.servlet.chain;

import static java.util.Objects.requireNonNull;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/** What the application answers by: a held answer, until it is the container's response after all. */
final class ChainResponse extends HttpServletResponseWrapper {
    private final HttpServletResponse containers;
    private @Nullable HeldAnswer held;

    ChainResponse(HttpServletResponse containers) {
        super(containers);
        this.containers = containers;
    }

    HttpServletResponse containers() {
        return containers;
    }

    /** From now on nothing goes to the caller. */
    void hold(HeldAnswer answer) {
        held = answer;
        setResponse(answer);
    }

    /** From now on everything does, and first of all what has been held. */
    void pass() throws IOException {
        requireNonNull(held, "nothing is held").move();
        setResponse(containers);
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        HeldAnswer known = held;
        return known != null && known.isOpened() ? known.getOutputStream() : super.getOutputStream();
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        HeldAnswer known = held;
        return known != null && known.isOpened() ? known.getWriter() : super.getWriter();
    }
}
