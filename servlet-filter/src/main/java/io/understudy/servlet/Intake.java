package io.understudy.servlet;

import io.understudy.servlet.config.ClientKey;
import io.understudy.servlet.dialect.ApiError;
import io.understudy.servlet.dialect.Operation;
import io.understudy.servlet.exchange.Catalogue;
import io.understudy.servlet.exchange.Exchange;
import io.understudy.servlet.exchange.Refusals;
import io.understudy.servlet.exchange.Services;
import io.understudy.servlet.inbound.ClientKeys;
import io.understudy.servlet.inbound.InboundRequest;
import io.understudy.servlet.inbound.Refusal;
import io.understudy.servlet.relay.BreakableRequest;
import io.understudy.servlet.synchronous.HeldThread;
import io.understudy.servlet.synchronous.SynchronousContext;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * Lets requests in: those of callers who may call, as many at a time as there may be, each as an exchange of its own.
 * Thread-safe.
 */
final class Intake {
    private static final Logger LOG = System.getLogger("io.understudy");

    private final Commons commons;
    private final Services services;
    private final ClientKeys clientKeys;
    private final InUse inUse;

    /** An intake for one gateway, which is in use as long as one of its exchanges is running. */
    Intake(Commons commons, Services services, InUse inUse) {
        this.commons = commons;
        this.services = services;
        this.clientKeys = new ClientKeys(services.settings().clientKeys());
        this.inUse = inUse;
    }

    /** Lets a request in, or tells the caller why not; returns at once where asynchronous processing is supported. */
    void take(InboundRequest request, HttpServletRequest http, HttpServletResponse response) throws IOException {
        ClientKey caller = null;
        try {
            caller = clientKeys.caller(request);
            if (request.endpoint().operation() == Operation.MODELS) {
                Catalogue.write(services, request, caller, response);
                return;
            }
            enter();
            if (http.isAsyncSupported()) {
                begin(Exchange.of(services, request, caller, startAsync(http, response), Runnable::run, this::ended));
            } else {
                serveHere(request, caller, http, response);
            }
        } catch (Refusal refusal) {
            Refusals.write(services, request, caller, response, refusal.error());
        }
    }

    private void enter() throws Refusal {
        if (commons.running().incrementAndGet() > services.settings().limits().maxConcurrent()) {
            commons.running().decrementAndGet();
            throw new Refusal(ApiError.failure(
                    503, "gateway_overloaded", "the gateway serves as many requests as it may (limits.maxConcurrent)"));
        }
    }

    private AsyncContext startAsync(HttpServletRequest http, HttpServletResponse response) {
        try {
            return http.startAsync(breakable(http), response);
        } catch (IllegalStateException e) {
            commons.running().decrementAndGet();
            throw e;
        }
    }

    /** Serves in the container's thread, which something in front of the filter forces upon us. */
    private void serveHere(
            InboundRequest request, @Nullable ClientKey caller, HttpServletRequest http, HttpServletResponse response)
            throws IOException {
        if (!commons.toldOfHeldThreads().getAndSet(true)) {
            LOG.log(
                    Level.WARNING,
                    "A filter or the container does not support asynchronous requests: each LLM call holds a thread of"
                            + " the container (expected: <async-supported>true</async-supported> for understudy and"
                            + " for every filter in front of it)");
        }
        HeldThread thread = new HeldThread();
        SynchronousContext context = new SynchronousContext(breakable(http), response, thread);
        begin(Exchange.of(services, request, caller, context, thread, this::ended));
        context.await();
    }

    private HttpServletRequest breakable(HttpServletRequest http) {
        return services.settings().streaming().abortAfterError() ? new BreakableRequest(http) : http;
    }

    private void begin(Exchange exchange) {
        inUse.take();
        commons.exchanges().add(exchange);
        exchange.start();
    }

    private void ended(Exchange exchange) {
        commons.exchanges().remove(exchange);
        commons.running().decrementAndGet();
        inUse.giveBack();
    }
}
