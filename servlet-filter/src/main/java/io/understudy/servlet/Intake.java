package io.understudy.servlet;

import io.understudy.core.failure.FailureClassifier;
import io.understudy.servlet.chain.ChainClient;
import io.understudy.servlet.config.ClientKey;
import io.understudy.servlet.config.ProviderSettings;
import io.understudy.servlet.config.Settings;
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
import io.understudy.servlet.synchronous.BlockingInput;
import io.understudy.servlet.synchronous.HeldContext;
import io.understudy.servlet.synchronous.HeldThread;
import io.understudy.servlet.synchronous.Interposed;
import io.understudy.servlet.synchronous.SynchronousContext;
import io.understudy.servlet.upstream.Provider;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets requests in: those of callers who may call, as many at a time as there may be, each as an exchange of its own.
 * Thread-safe.
 */
final class Intake {
    private static final Logger LOG = System.getLogger("io.understudy");

    private static final String UNSUPPORTED =
            "A filter or the container does not support asynchronous requests: each LLM call holds a thread of the"
                    + " container (expected: <async-supported>true</async-supported> for understudy and for every"
                    + " filter in front of it)";

    private static final String TAKEN =
            "A filter in front of understudy takes the answer into a stream of its own: each LLM call holds a thread of"
                    + " the container until it is answered (expected: that filter behind understudy, or on other paths)";

    private final Commons commons;
    private final Services services;
    private final ClientKeys clientKeys;
    private final InUse inUse;
    private final @Nullable ProviderSettings application;

    /** An intake for one gateway, which is in use as long as one of its exchanges is running. */
    Intake(Commons commons, Services services, InUse inUse) {
        this.commons = commons;
        this.services = services;
        this.clientKeys = new ClientKeys(services.settings().clientKeys());
        this.inUse = inUse;
        Settings settings = services.settings();
        this.application = settings.asksApplication() ? ProviderSettings.ofApplication(settings.timeouts()) : null;
    }

    /**
     * Lets a request in, or tells the caller why not; returns at once where asynchronous processing is supported, unless
     * the application behind the filter is asked.
     *
     * @param rest of the filter chain, which ends in the application
     */
    void take(InboundRequest request, HttpServletRequest http, HttpServletResponse response, FilterChain rest)
            throws IOException, ServletException {
        ClientKey caller = null;
        try {
            caller = clientKeys.caller(request);
            if (request.endpoint().operation() == Operation.MODELS) {
                Catalogue.write(services, request, caller, response);
                return;
            }
            // What asks somebody in front comes first: it may throw, and a request that has entered has to leave.
            String whyHeld = whyHeld(http, response);
            HttpServletRequest breakable =
                    new BreakableRequest(Interposed.brings(http) ? BlockingInput.of(http) : http);
            ProviderSettings asked = application;
            enter();
            if (whyHeld != null) {
                once(commons.toldOfHeldThreads(), whyHeld);
                serveHere(request, caller, breakable, response, rest);
            } else if (asked == null) {
                AsyncContext context = started(() -> breakable.startAsync(breakable, response));
                begin(Exchange.of(services, request, caller, context, Runnable::run, () -> {}, this::ended));
            } else {
                serveFromHere(asked, request, caller, breakable, response, rest);
            }
        } catch (Refusal refusal) {
            Refusals.write(services, request, caller, response, refusal.error());
        }
    }

    /** What keeps a request from being served without the container's thread, null if nothing does. */
    private @Nullable String whyHeld(HttpServletRequest http, HttpServletResponse response) throws IOException {
        if (!http.isAsyncSupported()) {
            return UNSUPPORTED;
        }
        return application == null && Interposed.takes(response) ? TAKEN : null;
    }

    private void enter() throws Refusal {
        if (commons.running().incrementAndGet() > services.settings().limits().maxConcurrent()) {
            commons.running().decrementAndGet();
            throw new Refusal(ApiError.failure(
                    503, "gateway_overloaded", "the gateway serves as many requests as it may (limits.maxConcurrent)"));
        }
    }

    private AsyncContext started(Supplier<AsyncContext> start) {
        try {
            return start.get();
        } catch (IllegalStateException e) {
            commons.running().decrementAndGet();
            throw e;
        }
    }

    /** Serves in the container's thread, which something in front of the filter forces upon us. */
    private void serveHere(
            InboundRequest request,
            @Nullable ClientKey caller,
            HttpServletRequest http,
            HttpServletResponse response,
            FilterChain rest)
            throws IOException {
        HeldThread thread = new HeldThread();
        ProviderSettings asked = application;
        Services all = asked == null ? services : with(asked, chain(http, response, rest, thread));
        SynchronousContext context = new SynchronousContext(http, response, thread);
        begin(Exchange.of(all, request, caller, context, thread, () -> {}, this::ended));
        context.await();
    }

    /** Begins in the container's thread, for the application behind the filter, and goes on without it. */
    private void serveFromHere(
            ProviderSettings asked,
            InboundRequest request,
            @Nullable ClientKey caller,
            HttpServletRequest http,
            HttpServletResponse response,
            FilterChain rest)
            throws IOException, ServletException {
        HeldThread thread = new HeldThread();
        ChainClient chain = chain(http, response, rest, thread);
        // Whoever looks into the answer may send it on when the chain returns: then the thread stays.
        boolean lookedInto = Interposed.looksInto(response);
        HeldContext context = new HeldContext(started(chain::start), response, thread);
        Runnable leave = lookedInto ? () -> {} : context::goOn;
        begin(Exchange.of(with(asked, chain), request, caller, context, thread, leave, this::ended));
        context.await();
        chain.rethrow();
    }

    private ChainClient chain(
            HttpServletRequest http, HttpServletResponse response, FilterChain rest, HeldThread thread) {
        return new ChainClient(http, response, rest, thread, this::tellOfPassing);
    }

    private Services with(ProviderSettings asked, ChainClient chain) {
        return services.with(new Provider(asked, chain, FailureClassifier.defaults()));
    }

    private void tellOfPassing() {
        once(
                commons.toldOfPassing(),
                "The application behind the filter answers LLM calls asynchronously: such answers pass as they are,"
                        + " without failover (expected for failover: an answer before the servlet returns)");
    }

    private static void once(AtomicBoolean told, String warning) {
        if (!told.getAndSet(true)) {
            LOG.log(Level.WARNING, warning);
        }
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
