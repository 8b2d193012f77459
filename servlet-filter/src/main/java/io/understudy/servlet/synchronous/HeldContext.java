package io.understudy.servlet.synchronous;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * A container's asynchronous processing whose beginning is done in the container's own thread, which is held for it:
 * until it ends, or is to {@linkplain #goOn go on} without. Meanwhile request and response are to be used in the held
 * thread only; reading and writing wait there instead of calling back later.
 */
public final class HeldContext implements AsyncContext {
    private final AsyncContext context;
    private final HeldThread thread;
    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private volatile boolean held = true;

    /**
     * A processing that has begun, in a thread that is to be held.
     *
     * @param response what is answered by, whatever the context was begun with
     */
    public HeldContext(AsyncContext context, HttpServletResponse response, HeldThread thread) {
        this.context = context;
        this.thread = thread;
        this.request = BlockingInput.of((HttpServletRequest) context.getRequest());
        this.response = BlockingOutput.of(response, () -> held);
    }

    /** Goes on without the thread, before anything of the answer has been written. */
    public void goOn() {
        held = false;
        thread.release();
    }

    /** Stays in the calling thread until it is not needed any more. */
    public void await() {
        try {
            thread.hold();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            goOn();
        }
    }

    @Override
    public void complete() {
        context.complete();
        thread.release();
    }

    @Override
    public void dispatch() {
        context.dispatch();
        thread.release();
    }

    @Override
    public void dispatch(String path) {
        context.dispatch(path);
        thread.release();
    }

    @Override
    public void dispatch(ServletContext other, String path) {
        context.dispatch(other, path);
        thread.release();
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
    public void start(Runnable task) {
        context.start(task);
    }

    @Override
    public void addListener(AsyncListener listener) {
        context.addListener(listener);
    }

    @Override
    public void addListener(AsyncListener listener, ServletRequest request, ServletResponse response) {
        context.addListener(listener, request, response);
    }

    @Override
    public <T extends AsyncListener> T createListener(Class<T> type) throws ServletException {
        return context.createListener(type);
    }

    @Override
    public void setTimeout(long timeout) {
        context.setTimeout(timeout);
    }

    @Override
    public long getTimeout() {
        return context.getTimeout();
    }
}
