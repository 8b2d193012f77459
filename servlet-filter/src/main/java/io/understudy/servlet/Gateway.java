package io.understudy.servlet;

import io.understudy.core.failover.Failover;
import io.understudy.core.failure.FailureClassifier;
import io.understudy.core.health.Health;
import io.understudy.core.health.HealthPolicy;
import io.understudy.core.health.LocalHealth;
import io.understudy.core.time.Ticker;
import io.understudy.servlet.admin.Observed;
import io.understudy.servlet.affinity.StateOwners;
import io.understudy.servlet.config.ClientKey;
import io.understudy.servlet.config.HealthSettings;
import io.understudy.servlet.config.ProviderSettings;
import io.understudy.servlet.config.RetryBudgetSettings;
import io.understudy.servlet.config.Secret;
import io.understudy.servlet.config.Settings;
import io.understudy.servlet.dialect.ApiError;
import io.understudy.servlet.dialect.Operation;
import io.understudy.servlet.exchange.Catalogue;
import io.understudy.servlet.exchange.Exchange;
import io.understudy.servlet.exchange.Refusals;
import io.understudy.servlet.exchange.Services;
import io.understudy.servlet.inbound.BufferBudget;
import io.understudy.servlet.inbound.ClientKeys;
import io.understudy.servlet.inbound.InboundRequest;
import io.understudy.servlet.inbound.Refusal;
import io.understudy.servlet.loop.CallingThread;
import io.understudy.servlet.report.Reports;
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
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Everything that serves requests, put together from the settings. Thread-safe. */
final class Gateway implements AutoCloseable {
    private static final Logger LOG = System.getLogger("io.understudy");

    /** How long callers have, when the gateway closes, to take what they are told. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    private final Transports transports;
    private final Reports reports;
    private final Health health;
    private final Services services;
    private final ClientKeys clientKeys;
    private final Set<Exchange> exchanges = ConcurrentHashMap.newKeySet();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicBoolean warned = new AtomicBoolean();

    Gateway(Settings settings, Reports reports) {
        this.reports = reports;
        this.health = health(settings.health(), Ticker.system());
        this.transports = new Transports(settings.providers().size());
        this.clientKeys = new ClientKeys(settings.clientKeys());
        Ticker ticker = Ticker.system();
        this.services = new Services(
                settings,
                new Failover(settings.failover(), health, ticker, ThreadLocalRandom::current, reports.attempts()),
                settings.providers().values().stream()
                        .map(this::provider)
                        .collect(Collectors.toUnmodifiableMap(p -> p.settings().name(), Function.identity())),
                new StateOwners(),
                new HeaderRules(settings.headers().forward()),
                new Masking(secrets(settings).toList()),
                new BufferBudget(settings.limits().maxBufferedBytes()),
                transports.scheduler(),
                ticker,
                reports.exchanges());
        reports.serve(settings.models(), health);
    }

    /** Serves a request; returns at once where asynchronous processing is supported. */
    void serve(InboundRequest request, HttpServletRequest http, HttpServletResponse response) throws IOException {
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
        if (running.incrementAndGet() > services.settings().limits().maxConcurrent()) {
            running.decrementAndGet();
            throw new Refusal(ApiError.failure(
                    503, "gateway_overloaded", "the gateway serves as many requests as it may (limits.maxConcurrent)"));
        }
    }

    private AsyncContext startAsync(HttpServletRequest http, HttpServletResponse response) {
        try {
            return http.startAsync(http, response);
        } catch (IllegalStateException e) {
            running.decrementAndGet();
            throw e;
        }
    }

    /** Serves in the container's thread, which something in front of the filter forces upon us. */
    private void serveHere(
            InboundRequest request, @Nullable ClientKey caller, HttpServletRequest http, HttpServletResponse response)
            throws IOException {
        if (!warned.getAndSet(true)) {
            LOG.log(
                    Level.WARNING,
                    "A filter or the container does not support asynchronous requests: each LLM call holds a thread of"
                            + " the container (expected: <async-supported>true</async-supported> for understudy and"
                            + " for every filter in front of it)");
        }
        HeldThread thread = new HeldThread();
        SynchronousContext context = new SynchronousContext(http, response, thread);
        begin(Exchange.of(services, request, caller, context, thread, this::ended));
        context.await();
    }

    private void begin(Exchange exchange) {
        exchanges.add(exchange);
        exchange.start();
    }

    private void ended(Exchange exchange) {
        exchanges.remove(exchange);
        running.decrementAndGet();
    }

    /** What there is to look at. */
    Observed observed() {
        return new Observed(services.settings(), services.failover(), health, reports);
    }

    /** Ends what is running, then everything else; waits a moment for the last words to callers. */
    @Override
    public void close() {
        exchanges.forEach(Exchange::stop);
        long patience = System.nanoTime() + LAST_WORDS.toNanos();
        while (!exchanges.isEmpty() && System.nanoTime() - patience < 0) {
            LockSupport.parkNanos(LAST_WORDS.toNanos() / 100);
        }
        services.providers().values().forEach(provider -> provider.client().close());
        transports.close();
        reports.close();
    }

    private Provider provider(ProviderSettings settings) {
        return new Provider(
                settings,
                new JerseyUpstreamClient(
                        transports.client(settings.timeouts().connect(), settings.proxy()),
                        new CallingThread(),
                        List.of()),
                new FailureClassifier(settings.transient400(), settings.transientPatterns()));
    }

    private static Health health(HealthSettings settings, Ticker ticker) {
        RetryBudgetSettings budget = settings.retryBudget();
        return settings.enabled()
                ? new LocalHealth(
                        new HealthPolicy(
                                settings.consecutiveFailures(),
                                settings.openTime(),
                                settings.maxOpenTime(),
                                settings.cooldown(),
                                budget == null
                                        ? null
                                        : new HealthPolicy.Budget(budget.percent(), budget.minPerSecond())),
                        ticker)
                : Health.alwaysAvailable();
    }

    private static Stream<Secret> secrets(Settings settings) {
        Stream<Secret> providers = settings.providers().values().stream().flatMap(p -> Stream.ofNullable(p.apiKey()));
        Stream<Secret> callers = settings.clientKeys().stream().map(ClientKey::key);
        return Stream.of(providers, callers, Stream.ofNullable(settings.adminKey()))
                .flatMap(s -> s);
    }
}
