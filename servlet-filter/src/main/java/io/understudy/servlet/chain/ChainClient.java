package io.understudy.servlet.chain;

import io.understudy.servlet.synchronous.HeldThread;
import io.understudy.servlet.upstream.UpstreamCall;
import io.understudy.servlet.upstream.UpstreamClient;
import io.understudy.servlet.upstream.UpstreamRequest;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * The application behind the filter as somebody who can be called, once: the rest of the filter chain, in the
 * container's thread, which is held meanwhile.
 *
 * <p>An application that answers asynchronously can't be held: from its {@code startAsync} on, which must come before the
 * first byte, it answers the caller past us. The container's context has begun before already, because containers
 * don't let anybody begin one behind a servlet that does not support it; the application gets that one.
 */
public final class ChainClient implements UpstreamClient, ChainRequest.Async {
    private static final Logger LOG = System.getLogger("io.understudy.exchange");

    private final ChainRequest request;
    private final ChainResponse response;
    private final FilterChain rest;
    private final HeldThread thread;
    private final Runnable onPassing;

    private @Nullable AsyncContext context;
    private long containersTimeout;
    private @Nullable Delivery delivery;
    private volatile boolean passing;
    private @Nullable Throwable thrown;

    /**
     * The rest of a chain that has not been called yet.
     *
     * @param thread the container's
     * @param onPassing hears that the application answers past us
     */
    public ChainClient(
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain rest,
            HeldThread thread,
            Runnable onPassing) {
        this.request = new ChainRequest(request, this);
        this.response = new ChainResponse(response);
        this.rest = rest;
        this.thread = thread;
        this.onPassing = onPassing;
    }

    /** Begins the container's asynchronous processing, in its thread. */
    public AsyncContext start() {
        AsyncContext started = request.startContainers(response);
        containersTimeout = started.getTimeout();
        context = started;
        return started;
    }

    /** Throws on what the application has thrown while it answered past us; after the thread has been held. */
    public void rethrow() throws IOException, ServletException {
        Throwable failure = thrown;
        if (failure instanceof IOException broken) {
            throw broken;
        } else if (failure instanceof ServletException failed) {
            throw failed;
        } else if (failure != null) {
            throw new ServletException(failure);
        }
    }

    @Override
    public UpstreamCall send(UpstreamRequest outgoing, Listener listener) {
        Delivery begun = new Delivery(thread, listener);
        HeldAnswer answer = new HeldAnswer(response.containers(), begun);
        delivery = begun;
        response.hold(answer);
        request.body(outgoing.body());
        UpstreamCall call = new UpstreamCall();
        call.attach(begun::refuse);
        thread.execute(() -> run(answer, begun));
        return call;
    }

    @Override
    public boolean needsContainersThread() {
        return true;
    }

    @Override
    public void close() {
        // The application outlives the request.
    }

    private void run(HeldAnswer answer, Delivery begun) {
        try {
            rest.doFilter(request, response);
        } catch (Throwable e) { // whatever it is, the caller gets an answer
            failed(e, answer, begun);
            return;
        }
        if (!passing) {
            answer.finish();
        }
    }

    private void failed(Throwable cause, HeldAnswer answer, Delivery begun) {
        if (passing) {
            thrown = cause;
        } else if (!begun.isRefused()) {
            // A connection of its own that broke is daily business; anything else is for its developers.
            LOG.log(
                    Level.WARNING,
                    "the application behind the filter has failed: " + cause,
                    cause instanceof IOException ? null : cause);
            answer.fail(cause);
        }
    }

    @Override
    public AsyncContext begin() {
        AsyncContext containers = context;
        Delivery begun = delivery;
        if (containers == null || begun == null || !request.isAsyncSupported()) {
            throw new IllegalStateException("a filter or servlet on the way here does not support asynchronous requests"
                    + " (expected: <async-supported>true</async-supported> for each of them)");
        }
        if (!passing) {
            pass(containers, begun);
        }
        return containers;
    }

    @Override
    public @Nullable AsyncContext begun() {
        return passing ? context : null;
    }

    private void pass(AsyncContext containers, Delivery begun) {
        if (begun.isBegun()) {
            throw new IllegalStateException("startAsync comes after bytes of the answer"
                    + " (expected: before, since those went to the failover already)");
        }
        try {
            if (!begun.mayPass(response::getStatus)) {
                throw new IllegalStateException("the request has been answered already");
            }
            response.pass();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        containers.setTimeout(containersTimeout);
        passing = true;
        onPassing.run();
        thread.release();
    }
}
