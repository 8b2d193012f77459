package io.understudy.servlet.exchange;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import java.util.function.Consumer;

/**
 * Passes on what the container says about an asynchronous request. Public, with a constructor without arguments, because
 * WildFly warns about every listener that it could not make itself.
 */
public final class AsyncSignals implements AsyncListener {
    private Consumer<Throwable> gone = cause -> {};
    private Runnable completed = () -> {};

    /** Signals that nobody hears. */
    public AsyncSignals() {}

    AsyncSignals(Consumer<Throwable> gone, Runnable completed) {
        this.gone = gone;
        this.completed = completed;
    }

    @Override
    public void onComplete(AsyncEvent event) {
        completed.run();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        gone.accept(new IllegalStateException("the container ended the request (expected: no timeout)"));
    }

    @Override
    public void onError(AsyncEvent event) {
        Throwable cause = event.getThrowable();
        gone.accept(cause == null ? new IllegalStateException("the container reported an error") : cause);
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // Ours is the only cycle.
    }
}
