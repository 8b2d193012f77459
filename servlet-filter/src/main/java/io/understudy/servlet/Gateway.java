package io.understudy.servlet;

import io.understudy.core.failover.Failover;
import io.understudy.core.failure.FailureClassifier;
import io.understudy.core.time.Scheduler;
import io.understudy.servlet.admin.Observed;
import io.understudy.servlet.config.ClientKey;
import io.understudy.servlet.config.ProviderSettings;
import io.understudy.servlet.config.Secret;
import io.understudy.servlet.config.Settings;
import io.understudy.servlet.exchange.Exchange;
import io.understudy.servlet.exchange.Services;
import io.understudy.servlet.inbound.InboundRequest;
import io.understudy.servlet.upstream.HeaderRules;
import io.understudy.servlet.upstream.JerseyUpstreamClient;
import io.understudy.servlet.upstream.Masking;
import io.understudy.servlet.upstream.Provider;
import io.understudy.servlet.upstream.Transports;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Everything that serves requests, put together from the settings. When they change, a {@link #successor} takes over
 * for new exchanges and those that run end as they began. Thread-safe.
 */
final class Gateway implements AutoCloseable {
    /** How long callers have, when the gateway closes, to take what they are told. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    /** Headers and queries of providers may hold secrets; what is shorter is a word such as "preview". */
    private static final int SHORTEST_EXTRA_SECRET = 12;

    private final Commons commons;
    private final KeptHealth health;
    private final Services services;
    private final InUse inUse = new InUse(this::dispose);
    private final Intake intake;

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
        this.intake = new Intake(commons, services, inUse);
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
    boolean serve(InboundRequest request, HttpServletRequest http, HttpServletResponse response, FilterChain rest)
            throws IOException, ServletException {
        if (!inUse.take()) {
            return false;
        }
        try {
            intake.take(request, http, response, rest);
            return true;
        } finally {
            inUse.giveBack();
        }
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
