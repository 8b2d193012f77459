package io.understudy.servlet.exchange;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
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

    /**
     * Begins to listen. GlassFish 7 sets the status of the response that a listener brings to 200 before it tells it of
     * anything, so ours brings one on which that has no effect.
     */
    void listenTo(AsyncContext context) {
        HttpServletResponse response = (HttpServletResponse) context.getResponse();
        context.addListener(this, context.getRequest(), new HttpServletResponseWrapper(response) {
            @Override
            public void setStatus(int status) {
                // What it is has been decided.
            }
        });
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
