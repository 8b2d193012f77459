package io.understudy.servlet.upstream;

import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.HttpProxy;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.component.LifeCycle;
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
    /** Shorter than what providers' load balancers allow an idle connection. */
    private static final Duration POOLED_IDLE = Duration.ofSeconds(20);

    private final QueuedThreadPool threads;
    private final Scheduler scheduler;
    private final ByteBufferPool buffers = new org.eclipse.jetty.io.ArrayByteBufferPool();
    private final Set<HttpClient> clients = ConcurrentHashMap.newKeySet();

    /** A started set without clients; {@link #close()} ends its threads. */
    public Transports() {
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
    public HttpClient client(Duration connectTimeout, @Nullable URI proxy) {
        HttpClient client = new HttpClient(new HttpClientTransportOverHTTP(connector(connectTimeout)));
        client.setFollowRedirects(false);
        client.setHttpCookieStore(new HttpCookieStore.Empty());
        client.setUserAgentField(null);
        client.setMaxConnectionsPerDestination(UNLIMITED);
        client.setMaxRequestsQueuedPerDestination(UNLIMITED);
        client.setResponseBufferSize(RESPONSE_BUFFER);
        if (proxy != null) {
            client.getProxyConfiguration().addProxy(new HttpProxy(proxy.getHost(), proxy.getPort()));
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

    private ClientConnector connector(Duration connectTimeout) {
        ClientConnector connector = new ClientConnector();
        connector.setSelectors(1);
        connector.setExecutor(threads);
        connector.setScheduler(scheduler);
        connector.setByteBufferPool(buffers);
        connector.setConnectTimeout(connectTimeout);
        connector.setIdleTimeout(POOLED_IDLE);
        return connector;
    }
}
