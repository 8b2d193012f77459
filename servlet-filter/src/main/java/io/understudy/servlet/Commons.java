package io.understudy.servlet;

import io.understudy.core.time.Scheduler;
import io.understudy.core.time.Ticker;
import io.understudy.servlet.affinity.StateOwners;
import io.understudy.servlet.exchange.Exchange;
import io.understudy.servlet.inbound.BufferBudget;
import io.understudy.servlet.report.Meters;
import io.understudy.servlet.report.Reports;
import io.understudy.servlet.upstream.RequestFilters;
import io.understudy.servlet.upstream.Transports;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** What a gateway hands on to the one that takes over when the configuration has changed. Thread-safe. */
record Commons(
        Transports transports,
        Ticker ticker,
        StateOwners owners,
        BufferBudget budget,
        Set<Exchange> exchanges,
        AtomicInteger running,
        AtomicBoolean toldOfHeldThreads,
        AtomicBoolean toldOfPassing,
        RequestFilters filters,
        Reports reports)
        implements AutoCloseable {

    /** Those of the first gateway. */
    static Commons first(GatewayCustomizer customizer, Transports transports) {
        List<Meters> own = customizer.meters();
        return new Commons(
                transports,
                Ticker.system(),
                new StateOwners(),
                new BufferBudget(0),
                ConcurrentHashMap.newKeySet(),
                new AtomicInteger(),
                new AtomicBoolean(),
                new AtomicBoolean(),
                new RequestFilters(customizer.requestFilters()),
                new Reports(own.isEmpty() ? Meters.ofClassPath() : own, customizer.exchangeListeners()));
    }

    /** Times tasks that may take longer than a timer should, such as looking at files. */
    Scheduler scheduler() {
        return (task, delay) -> {
            var scheduled = transports
                    .scheduler()
                    .schedule(() -> transports.executor().execute(task), delay.toNanos(), TimeUnit.NANOSECONDS);
            return scheduled::cancel;
        };
    }

    @Override
    public void close() {
        transports.close();
        filters.close();
        reports.close();
    }
}
