package io.understudy.servlet.upstream;

import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.client.Request;
import org.jspecify.annotations.Nullable;

/**
 * A handle to one call under way. Aborting closes the provider's connection, which is what makes it stop generating; an
 * abort that comes before the request has reached the transport is remembered. Thread-safe.
 */
public final class UpstreamCall {
    private final AtomicReference<@Nullable Request> request = new AtomicReference<>();
    private volatile @Nullable Throwable aborted;

    /** Ends the call, in whichever phase it is; does nothing once the answer has been read to its end. */
    public void abort(Throwable cause) {
        aborted = cause;
        Request current = request.get();
        if (current != null) {
            var unused = current.abort(cause);
        }
    }

    /** Binds the handle to what the transport does now. */
    void attach(Request current) {
        request.set(current);
        Throwable cause = aborted;
        if (cause != null) {
            var unused = current.abort(cause);
        }
    }

    /** Whether it has been ended from here. */
    public boolean isAborted() {
        return aborted != null;
    }
}
