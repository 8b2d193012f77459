package io.understudy.servlet.upstream;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A handle to one call under way. Aborting closes the provider's connection, which is what makes it stop generating; an
 * abort that comes before the request has reached the transport is remembered. Thread-safe.
 */
public final class UpstreamCall {
    private final AtomicReference<@Nullable Consumer<Throwable>> request = new AtomicReference<>();
    private volatile @Nullable Throwable aborted;

    /** Ends the call, in whichever phase it is; does nothing once the answer has been read to its end. */
    public void abort(Throwable cause) {
        aborted = cause;
        Consumer<Throwable> current = request.get();
        if (current != null) {
            current.accept(cause);
        }
    }

    /** Binds the handle to what ends that which is under way now. */
    public void attach(Consumer<Throwable> current) {
        request.set(current);
        Throwable cause = aborted;
        if (cause != null) {
            current.accept(cause);
        }
    }

    /** Whether it has been ended from here. */
    public boolean isAborted() {
        return aborted != null;
    }
}
