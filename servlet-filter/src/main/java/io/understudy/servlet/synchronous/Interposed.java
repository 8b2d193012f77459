package io.understudy.servlet.synchronous;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;

/**
 * Streams that a filter in front has put in the place of the container's. They seldom know listeners; one that is read holds,
 * as a rule, what has been read already, and what is written to one goes on its way only when the chain returns.
 */
public final class Interposed {
    private Interposed() {}

    /** Whether somebody in front brings a request's body. */
    public static boolean input(ServletRequest request) {
        boolean own = false;
        ServletRequest outer = request;
        while (outer instanceof ServletRequestWrapper wrapper) {
            own |= overrides(wrapper, "getInputStream", ServletRequestWrapper.class);
            outer = wrapper.getRequest();
        }
        return own;
    }

    /** Whether somebody in front takes a response's body. */
    public static boolean output(ServletResponse response) {
        boolean own = false;
        ServletResponse outer = response;
        while (outer instanceof ServletResponseWrapper wrapper) {
            own |= overrides(wrapper, "getOutputStream", ServletResponseWrapper.class);
            outer = wrapper.getResponse();
        }
        return own;
    }

    /** Asks the class, not the stream: a stream that was asked for may keep somebody else from the writer. */
    private static boolean overrides(Object wrapper, String method, Class<?> plain) {
        try {
            return wrapper.getClass().getMethod(method).getDeclaringClass() != plain;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(wrapper.getClass() + " (expected: has " + method + ")", e);
        }
    }
}
