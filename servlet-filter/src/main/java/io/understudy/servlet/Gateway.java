package io.understudy.servlet;

import io.understudy.core.failover.Failover;
import io.understudy.core.failure.FailureClassifier;
import io.understudy.core.time.Scheduler;
import io.understudy.servlet.admin.Observed;
import io.understudy.servlet.config.ClientKey;
import io.understudy.servlet.config.ProviderSettings;
import io.understudy.servlet.config.Secret;
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
import io.understudy.servlet.synchronous.HeldThread;
import io.understudy.servlet.synchronous.SynchronousContext;
import io.understudy.servlet.upstream.HeaderRules;
import io.understudy.servlet.upstream.JerseyUpstreamClient;
import io.understudy.servlet.upstream.Masking;
import io.understudy.servlet.upstream.Provider;
import io.understudy.servlet.upstream.Transports;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything that serves requests, put together from the settings. When they change, a {@link #successor} takes over
 * for new exchanges and those that run end as they began. Thread-safe.
 */
final class Gateway implements AutoCloseable {
    private static final Logger LOG = System.getLogger("io.understudy");

    /** How long callers have, when the gateway closes, to take what they are told. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    /** Headers and queries of providers may hold secrets; what is shorter is a word such as "preview". */
    private static final int SHORTEST_EXTRA_SECRET = 12;

    private final Commons commons;
    private final KeptHealth health;
    private final Services services;
    private final ClientKeys clientKeys;
    private final InUse inUse = new InUse(this::dispose);

    /** A gateway of its own. */
    Gateway(Settings settings, GatewayCustomizer customizer, Transports transports) {
        this(settings, Commons.first(customizer, transports));
    }

    private Gateway(Settings settings, Commons commons) {
        this(settings, commons, KeptHealth.first(settings, commons.ticker()));
    }

    private Gateway(Settings settings, Commons commons, KeptHealth health) {
        this.commons = commons;
        this.health = health;
        this.clientKeys = new ClientKeys(settings.clientKeys());
        commons.budget().resize(settings.limits().maxBufferedBytes());
        this.services = new Services(
                settings,
                new Failover(
                        settings.failover(),
                        health.bounded(),
                        commons.ticker(),
                        ThreadLocalRandom::current,
                        commons.reports().attempts()),
                settings.providers().values().stream()
                        .map(this::provider)
                        .collect(Collectors.toUnmodifiableMap(p -> p.settings().name(), Function.identity())),
                commons.owners(),
                new HeaderRules(settings.headers().forward()),
                new Masking(secrets(settings).toList()),
                commons.budget(),
                commons.transports().scheduler(),
                commons.ticker(),
                commons.reports().exchanges());
        commons.reports().serve(settings.models(), health.bounded());
    }

    /** The gateway that takes over under other settings, with what is remembered of providers that are the same. */
    Gateway successor(Settings settings) {
        return new Gateway(settings, commons, health.successor(settings));
    }

    /** Closes what only this gateway needs as soon as its last exchange has ended; another one serves from now on. */
    void retire() {
        inUse.giveBack();
    }

    /** Times what belongs to no exchange, and may take long. */
    Scheduler scheduler() {
        return commons.scheduler();
    }

    /** How many exchanges are running. */
    int running() {
        return commons.running().get();
    }

    /** How many bytes they hold. */
    long heldBytes() {
        return commons.budget().used();
    }

    /**
     * Serves a request, returning at once where asynchronous processing is supported; false if this gateway has retired
     * and is closed.
     */
    boolean serve(InboundRequest request, HttpServletRequest http, HttpServletResponse response) throws IOException {
        if (!inUse.take()) {
            return false;
        }
        try {
            answer(request, http, response);
            return true;
        } finally {
            inUse.giveBack();
        }
    }

    private void answer(InboundRequest request, HttpServletRequest http, HttpServletResponse response)
            throws IOException {
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
            return http.startAsync(new BreakableRequest(http), response);
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
        SynchronousContext context = new SynchronousContext(new BreakableRequest(http), response, thread);
        begin(Exchange.of(services, request, caller, context, thread, this::ended));
        context.await();
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

    /** What there is to look at. */
    Observed observed() {
        return new Observed(services.settings(), services.failover(), health.bounded(), commons.reports());
    }

    /** Ends what is running, then everything else; waits a moment for the last words to callers. */
    @Override
    public void close() {
        Set<Exchange> exchanges = commons.exchanges();
        exchanges.forEach(Exchange::stop);
        long patience = System.nanoTime() + LAST_WORDS.toNanos();
        while (!exchanges.isEmpty() && System.nanoTime() - patience < 0) {
            LockSupport.parkNanos(LAST_WORDS.toNanos() / 100);
        }
        closeClients();
        commons.close();
    }

    /** In a thread of nobody's: the last exchange may have ended in one of those clients'. */
    private void dispose() {
        try {
            commons.transports().executor().execute(this::closeClients);
        } catch (RejectedExecutionException stopped) {
            closeClients();
        }
    }

    private void closeClients() {
        services.providers().values().forEach(provider -> provider.client().close());
    }

    private Provider provider(ProviderSettings settings) {
        return new Provider(
                settings,
                new JerseyUpstreamClient(commons.transports().client(settings), commons.filters()),
                new FailureClassifier(settings.transient400(), settings.transientPatterns()));
    }

    private static Stream<Secret> secrets(Settings settings) {
        Stream<Secret> providers = settings.providers().values().stream().flatMap(p -> Stream.ofNullable(p.apiKey()));
        Stream<Secret> extras = settings.providers().values().stream()
                .flatMap(p -> Stream.concat(p.headers().values().stream(), p.query().values().stream()))
                .filter(value -> value.length() >= SHORTEST_EXTRA_SECRET)
                .map(Secret::new);
        Stream<Secret> callers = settings.clientKeys().stream().map(ClientKey::key);
        return Stream.of(providers, extras, callers, Stream.ofNullable(settings.adminKey()))
                .flatMap(s -> s);
    }
}
