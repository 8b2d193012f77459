package io.understudy.servlet.synchronous;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Streams that a filter in front has put in the place of the container's. They seldom know listeners; one that is read holds,
 * as a rule, what has been read already, and what is written to one goes on its way only when the chain returns.
 */
public final class Interposed {
    /** What is known of streams' classes: asking is noted in Open Liberty's log, so it is done once. */
    private static final ClassValue<AtomicReference<@Nullable Boolean>> KNOWING = new ClassValue<>() {
        @Override
        protected AtomicReference<@Nullable Boolean> computeValue(Class<?> stream) {
            return new AtomicReference<>();
        }
    };

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
    public static boolean input(ServletRequest request) {
        boolean own = false;
        ServletRequest outer = request;
        while (outer instanceof ServletRequestWrapper wrapper) {
            own |= overrides(wrapper, "getInputStream", ServletRequestWrapper.class);
            outer = wrapper.getRequest();
        }
        return own;
    }

    /** Whether somebody in front takes a response's body and knows no listeners; asked before asynchronous processing begins. */
    public static boolean output(ServletResponse response) throws IOException {
        boolean own = false;
        ServletResponse outer = response;
        while (outer instanceof ServletResponseWrapper wrapper) {
            own |= overrides(wrapper, "getOutputStream", ServletResponseWrapper.class);
            outer = wrapper.getResponse();
        }
        return own && !knowsListeners(response.getOutputStream());
    }

    private static boolean knowsListeners(ServletOutputStream out) {
        AtomicReference<@Nullable Boolean> known = KNOWING.get(out.getClass());
        Boolean knows = known.get();
        if (knows == null) {
            knows = accepts(out);
            known.set(knows);
        }
        return knows;
    }

    /**
     * Before asynchronous processing has begun a container refuses a listener with this very exception, and so does
     * whatever passes listeners on to it (Spring Security's, for one).
     */
    private static boolean accepts(ServletOutputStream out) {
        try {
            out.setWriteListener(PROBE);
            return false;
        } catch (IllegalStateException e) {
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private static boolean overrides(Object wrapper, String method, Class<?> plain) {
        try {
            return wrapper.getClass().getMethod(method).getDeclaringClass() != plain;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(wrapper.getClass() + " (expected: has " + method + ")", e);
        }
    }
}
