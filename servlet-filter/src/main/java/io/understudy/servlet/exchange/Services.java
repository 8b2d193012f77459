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
        ExchangeListener listener) {}
