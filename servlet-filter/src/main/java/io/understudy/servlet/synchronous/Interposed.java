package io.understudy.servlet.synchronous;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Streams that a filter in front has put in the place of the container's. They seldom know listeners; one that is read holds,
 * as a rule, what has been read already, and what is written to one goes on its way only when the chain returns.
 */
public final class Interposed {
    /** Many more combinations of filters than an application has. */
    private static final int MOST_KNOWN = 100;

    /** What is known of responses, by the classes they are wrapped with: asking is noted in Open Liberty's log. */
    private static final Map<List<Class<?>>, Boolean> TAKING = new ConcurrentHashMap<>();

    private static final WriteListener PROBE = new WriteListener() {
        @Override
        public void onWritePossible() {
            // Nothing is to be written.
        }

        @Override
        public void onError(Throwable t) {
            // Nothing is written.
        }
    };

    private Interposed() {}

    /** Whether somebody in front brings a request's body. */
    public static boolean brings(ServletRequest request) {
        ServletRequest outer = request;
        while (outer instanceof ServletRequestWrapper wrapper) {
            if (overrides(wrapper.getClass(), "getInputStream", ServletRequestWrapper.class)) {
                return true;
            }
            outer = wrapper.getRequest();
        }
        return false;
    }

    /** Whether somebody in front looks into a response's body. */
    public static boolean looksInto(ServletResponse response) {
        return wrappers(response).stream().anyMatch(Interposed::hasStream);
    }

    /**
     * Whether somebody in front takes a response's body, and sends it on when the chain returns; to be asked before
     * asynchronous processing begins.
     *
     * @throws IOException if there is no stream to be had
     */
    public static boolean takes(ServletResponse response) throws IOException {
        List<Class<?>> wrappers = wrappers(response);
        if (wrappers.stream().noneMatch(Interposed::hasStream)) {
            return false;
        }
        Boolean known = TAKING.get(wrappers);
        if (known == null) {
            known = wrappers.stream().anyMatch(Interposed::collects) || !knowsListeners(response.getOutputStream());
            if (TAKING.size() < MOST_KNOWN) {
                TAKING.put(wrappers, known);
            }
        }
        return known;
    }

    private static List<Class<?>> wrappers(ServletResponse response) {
        List<Class<?>> wrappers = new ArrayList<>();
        ServletResponse outer = response;
        while (outer instanceof ServletResponseWrapper wrapper) {
            wrappers.add(wrapper.getClass());
            outer = wrapper.getResponse();
        }
        return wrappers;
    }

    /** Asks the class, not the response: a stream that was asked for may keep somebody else from the writer. */
    private static boolean hasStream(Class<?> wrapper) {
        return overrides(wrapper, "getOutputStream", ServletResponseWrapper.class);
    }

    /** Whoever collects an answer has to drop it there, Spring's ContentCachingResponseWrapper for one. */
    private static boolean collects(Class<?> wrapper) {
        return hasStream(wrapper) && overrides(wrapper, "resetBuffer", ServletResponseWrapper.class);
    }

    private static boolean overrides(Class<?> wrapper, String method, Class<?> plain) {
        try {
            return wrapper.getMethod(method).getDeclaringClass() != plain;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(wrapper + " (expected: has " + method + ")", e);
        } catch (LinkageError e) {
            // It has methods of its own, which name what is not there.
            return true;
        }
    }

    /**
     * Before asynchronous processing has begun a container refuses a listener with this very exception, and so does
     * whatever passes listeners on to it (Spring Security's, for one).
     */
    private static boolean knowsListeners(ServletOutputStream out) {
        try {
            out.setWriteListener(PROBE);
            return false;
        } catch (IllegalStateException e) {
            return true;
        } catch (Throwable e) { // whatever a stub throws
            return false;
        }
    }
}
