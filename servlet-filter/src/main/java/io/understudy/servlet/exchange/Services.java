package io.understudy.servlet.exchange;

import io.understudy.core.failover.Failover;
import io.understudy.core.time.Ticker;
import io.understudy.servlet.affinity.StateOwners;
import io.understudy.servlet.config.Settings;
import io.understudy.servlet.inbound.BufferBudget;
import io.understudy.servlet.report.ExchangeListener;
import io.understudy.servlet.upstream.HeaderRules;
import io.understudy.servlet.upstream.Masking;
import io.understudy.servlet.upstream.Provider;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * What all exchanges under one configuration share.
 *
 * @param providers by name
 */
public record Services(
        Settings settings,
        Failover failover,
        Map<String, Provider> providers,
        StateOwners owners,
        HeaderRules headerRules,
        Masking masking,
        BufferBudget budget,
        Scheduler scheduler,
        Ticker ticker,
        ExchangeListener listener) {

    /** The same with somebody else who can be called. */
    public Services with(Provider provider) {
        Map<String, Provider> all = new HashMap<>(providers);
        all.put(provider.settings().name(), provider);
        return new Services(settings, failover, all, owners, headerRules, masking, budget, scheduler, ticker, listener);
    }
}
