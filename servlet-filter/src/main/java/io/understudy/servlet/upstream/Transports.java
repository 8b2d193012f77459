package io.understudy.servlet.upstream;

import io.understudy.servlet.config.ProviderSettings;
import io.understudy.servlet.config.TrustStore;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.HttpProxy;
import org.eclipse.jetty.client.Origin;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Makes the HTTP clients of all providers over one small thread pool, one scheduler and one buffer pool: a client costs
 * one selector thread, a connection none. Thread-safe once started.
 */
public final class Transports implements AutoCloseable {
    /** Above what any gateway holds open; the limits that matter are {@code limits.maxConcurrent} and the providers'. */
    private static final int UNLIMITED = 1 << 20;
    /** Small, because a stream holds one buffer for its whole life and an SSE event is well below it. */
    private static final int RESPONSE_BUFFER = 4096;
    /** Several times what any provider sends; a head without end is a failed call. */
    private static final int MAX_RESPONSE_HEAD = 64 * 1024;
    /** Shorter than what providers' load balancers allow an idle connection. */
    private static final Duration POOLED_IDLE = Duration.ofSeconds(20);

    private final QueuedThreadPool threads;
    private final Scheduler scheduler;
    private final ByteBufferPool buffers;
    private final Set<HttpClient> clients = ConcurrentHashMap.newKeySet();

    /** A started set without clients; {@link #close()} ends its threads. */
    public Transports() {
        this(new ArrayByteBufferPool());
    }

    /** The same with buffers from a given pool. */
    public Transports(ByteBufferPool buffers) {
        this.buffers = new FreshViews(buffers);
        threads = new QueuedThreadPool(Math.max(8, 2 * Runtime.getRuntime().availableProcessors()), 4);
        threads.setName("understudy");
        threads.setDaemon(true);
        scheduler = new ScheduledExecutorScheduler("understudy-timer", true);
        LifeCycle.start(threads);
        LifeCycle.start(scheduler);
    }

    /** Runs tasks that must not hold up the calling thread. */
    public Executor executor() {
        return threads;
    }

    /** Fires the exchanges' timers. */
    public Scheduler scheduler() {
        return scheduler;
    }

    /**
     * A started HTTP/1.1 client that adds nothing to a request and takes nothing from an answer: no redirects, no
     * cookies, no decoding, no authentication, no {@code User-Agent}.
     */
    public HttpClient client(ProviderSettings provider) {
        HttpClient client = new HttpClient(new HttpClientTransportOverHTTP(connector(provider)));
        client.setFollowRedirects(false);
        client.setHttpCookieStore(new HttpCookieStore.Empty());
        client.setUserAgentField(null);
        client.setMaxConnectionsPerDestination(UNLIMITED);
        client.setMaxRequestsQueuedPerDestination(UNLIMITED);
        client.setResponseBufferSize(RESPONSE_BUFFER);
        client.setMaxResponseHeadersSize(MAX_RESPONSE_HEAD);
        URI proxy = provider.proxy();
        if (proxy != null) {
            boolean secure = proxy.getScheme().equalsIgnoreCase("https");
            Origin.Address address = new Origin.Address(proxy.getHost(), proxy.getPort());
            client.getProxyConfiguration().addProxy(new HttpProxy(address, secure));
        }
        client.addEventListener(new LifeCycle.Listener() {
            @Override
            public void lifeCycleStopped(LifeCycle stopped) {
                removed(client);
            }
        });
        added(client);
        LifeCycle.start(client);
        client.getContentDecoderFactories().clear();
        client.getProtocolHandlers().clear();
        return client;
    }

    /** Stops the clients that are left, then everything else. */
    @Override
    public void close() {
        clients.forEach(client -> LifeCycle.stop(client));
        LifeCycle.stop(scheduler);
        LifeCycle.stop(threads);
    }

    /** Its selector takes a thread for as long as it lives. */
    private synchronized void added(HttpClient client) {
        clients.add(client);
        threads.setMaxThreads(threads.getMaxThreads() + 1);
    }

    private synchronized void removed(HttpClient client) {
        if (clients.remove(client)) {
            threads.setMaxThreads(threads.getMaxThreads() - 1);
        }
    }

    private ClientConnector connector(ProviderSettings provider) {
        ClientConnector connector = new ClientConnector();
        connector.setSelectors(1);
        connector.setExecutor(threads);
        connector.setScheduler(scheduler);
        connector.setByteBufferPool(buffers);
        connector.setConnectTimeout(provider.timeouts().connect());
        connector.setSslContextFactory(tls(provider.trustStore()));
        connector.setIdleTimeout(POOLED_IDLE);
        return connector;
    }

    /** Certificates and the names in them are checked, against the platform's authorities unless there are others. */
    private static SslContextFactory.Client tls(@Nullable TrustStore trusted) {
        SslContextFactory.Client tls = new SslContextFactory.Client();
        if (trusted != null) {
            tls.setTrustStore(keyStore(trusted.certificates()));
        }
        return tls;
    }

    private static KeyStore keyStore(List<X509Certificate> certificates) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (int i = 0; i < certificates.size(); i++) {
                store.setCertificateEntry("trusted-" + i, certificates.get(i));
            }
            return store;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("no key store in memory (expected: in every Java platform)", e);
        }
    }
}
