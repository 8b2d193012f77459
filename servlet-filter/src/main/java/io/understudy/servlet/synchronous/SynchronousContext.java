package io.understudy.servlet.synchronous;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The asynchronous processing of a request that does not support it. Request and response are to be used in the held
 * thread only; reading and writing wait there instead of calling back later. It ends with {@link #complete} and has no
 * timeout. A thread that waits for a slow caller serves nothing else meanwhile: the container's own write timeout ends
 * that.
 */
public final class SynchronousContext implements AsyncContext {
    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final HeldThread thread;
    private final List<AsyncListener> listeners = new ArrayList<>();
    private boolean completed;
    private boolean broken;

    /** The processing of a request, in a thread that is to be held until it ends. */
    public SynchronousContext(HttpServletRequest request, HttpServletResponse response, HeldThread thread) {
        this.request = BlockingInput.of(request);
        this.response = BlockingOutput.of(response, () -> true);
        this.thread = thread;
    }

    /**
     * Stays in the calling thread until the processing has ended.
     *
     * @throws IOException if it ended with a dispatch or an interrupt: containers close the connection of a request that
     *     fails
     */
    public void await() throws IOException {
        try {
            thread.hold();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            broken = true;
            AsyncEvent interrupted = new AsyncEvent(this, e);
            for (AsyncListener listener : List.copyOf(listeners)) {
                listener.onError(interrupted);
            }
        }
        if (broken) {
            throw new IOException("the answer broke off, and so must its connection");
        }
    }

    @Override
    public void complete() {
        if (!completed) {
            completed = true;
            thread.release();
            listeners.forEach(this::completed);
        }
    }

    private void completed(AsyncListener listener) {
        try {
            listener.onComplete(new AsyncEvent(this));
        } catch (IOException e) {
            throw new IllegalStateException("a listener of our own that throws", e);
        }
    }

    @Override
    public ServletRequest getRequest() {
        return request;
    }

    @Override
    public ServletResponse getResponse() {
        return response;
    }

    @Override
    public boolean hasOriginalRequestAndResponse() {
        return false;
    }

    @Override
    public void addListener(AsyncListener listener) {
        listeners.add(listener);
    }

    @Override
    public void addListener(AsyncListener listener, ServletRequest request, ServletResponse response) {
        listeners.add(listener);
    }

    @Override
    public <T extends AsyncListener> T createListener(Class<T> type) throws ServletException {
        throw new ServletException("listeners are made by whoever adds them");
    }

    @Override
    public void setTimeout(long timeout) {
        // There is none.
    }

    @Override
    public long getTimeout() {
        return 0;
    }

    @Override
    public void start(Runnable task) {
        thread.execute(task);
    }

    /** Breaks the request off: there is nobody to dispatch it to but whoever waits for its end. */
    @Override
    public void dispatch() {
        if (!completed) {
            completed = true;
            broken = true;
            thread.release();
        }
    }

    @Override
    public void dispatch(String path) {
        dispatch();
    }

    @Override
    public void dispatch(ServletContext context, String path) {
        dispatch();
    }
}
