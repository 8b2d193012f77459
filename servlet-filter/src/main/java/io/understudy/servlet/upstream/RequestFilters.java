package io.understudy.servlet.upstream;

import io.understudy.servlet.loop.CallingThread;
import jakarta.ws.rs.client.ClientRequestFilter;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * An application's own filters of the calls to providers, and where they run: in at most 32 threads, since they may
 * block, and never in one that moves bytes. Calls that wait for a thread are no more than the exchanges there may be.
 * Without filters there are no threads either.
 */
public final class RequestFilters implements AutoCloseable {
    private static final int MOST_THREADS = 32;

    private final List<ClientRequestFilter> filters;
    private final ExecutorService threads;

    /** These filters, in their order. */
    public RequestFilters(List<ClientRequestFilter> filters) {
        this.filters = List.copyOf(filters);
        this.threads = filters.isEmpty() ? new CallingThread() : pool();
    }

    List<ClientRequestFilter> filters() {
        return filters;
    }

    ExecutorService threads() {
        return threads;
    }

    @Override
    public void close() {
        threads.shutdown();
    }

    private static ExecutorService pool() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                MOST_THREADS, MOST_THREADS, 20, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "understudy-filters");
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
