package io.understudy.servlet.relay;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A request by which its connection can be broken. The servlet API knows no way to end an answer that has begun but the
 * proper one; but containers close the connection of a dispatch that throws, and whatever a dispatch reaches asks for
 * the method first. Nothing of the application runs.
 */
public final class BreakableRequest extends HttpServletRequestWrapper {
    private volatile boolean broken;

    /** A request that is whole so far. */
    public BreakableRequest(HttpServletRequest request) {
        super(request);
    }

    /** The one that is within a request of ours. */
    static BreakableRequest within(ServletRequest request) {
        ServletRequest inner = request;
        while (inner instanceof ServletRequestWrapper wrapper) {
            if (wrapper instanceof BreakableRequest breakable) {
                return breakable;
            }
            inner = wrapper.getRequest();
        }
        throw new IllegalArgumentException("a request that cannot be broken off");
    }

    /** From now on whoever serves it fails. */
    void breakOff() {
        broken = true;
    }

    @Override
    public String getMethod() {
        if (broken) {
            // Containers log an I/O exception in one line.
            throw new UncheckedIOException(new IOException("the answer broke off, and so must its connection"));
        }
        return super.getMethod();
    }
}
