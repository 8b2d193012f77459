package io.understudy.servlet;

import io.understudy.servlet.report.ExchangeListener;
import io.understudy.servlet.report.Meters;
import jakarta.ws.rs.client.ClientRequestFilter;
import java.util.List;

/**
 * What an application adds to its gateway. It is given to {@link FailoverFilter#FailoverFilter(GatewayCustomizer)}, or
 * found by {@link java.util.ServiceLoader}, and asked once, when the filter goes into service; what it adds outlives
 * changes of the configuration.
 */
public interface GatewayCustomizer {
    /**
     * Filters of every call to a provider, in their order: they may change its headers, and sign its body, an {@link
     * io.understudy.servlet.upstream.UpstreamBody}. They see the provider's credentials. They run in threads of their
     * own and may block, within the attempt's timeout. One that throws, or answers itself, fails the attempt, and
     * another candidate is asked.
     */
    default List<ClientRequestFilter> requestFilters() {
        return List.of();
    }

    /** Listeners that are told of every exchange; what one of them throws is logged, and changes nothing. */
    default List<ExchangeListener> exchangeListeners() {
        return List.of();
    }

    /**
     * Where meters go, {@code List.of(MetricsListener.of(registry))} for a registry of the application's own. Empty: to a
     * registry of Prometheus' of their own or to Micrometer's global one, whichever is on the class path.
     */
    default List<Meters> meters() {
        return List.of();
    }
}
