package io.understudy.example.demo;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.concurrent.atomic.AtomicReference;
import org.glassfish.jersey.internal.inject.AbstractBinder;
import org.glassfish.jersey.servlet.spi.AsyncContextDelegate;
import org.glassfish.jersey.servlet.spi.AsyncContextDelegateProvider;
import org.jspecify.annotations.Nullable;

/**
 * Jersey's suspended responses on Servlet's asynchronous ones. Jersey has this in {@code jersey-container-servlet}, which
 * makes servers look for annotations; without it Jersey cannot suspend.
 */
final class ServletSuspension implements AsyncContextDelegate {
    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final AtomicReference<@Nullable AsyncContext> context = new AtomicReference<>();

    private ServletSuspension(HttpServletRequest request, HttpServletResponse response) {
        this.request = request;
        this.response = response;
    }

    static AbstractBinder binder() {
        return new AbstractBinder() {
            @Override
            protected void configure() {
                AsyncContextDelegateProvider provider = ServletSuspension::new;
                bind(provider).to(AsyncContextDelegateProvider.class);
            }
        };
    }

    /** Called a second time when the delayed response turns out to be a stream. */
    @Override
    public void suspend() {
        if (context.get() != null) {
            return;
        }
        AsyncContext started = request.startAsync(request, response);
        // A server's own limit would end a slow answer.
        started.setTimeout(0);
        context.set(started);
    }

    /** Also called for responses that were never suspended. */
    @Override
    public void complete() {
        AsyncContext suspended = context.getAndSet(null);
        if (suspended != null) {
            suspended.complete();
        }
    }
}
