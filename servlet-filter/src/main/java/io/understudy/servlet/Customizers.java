package io.understudy.servlet;

import io.understudy.servlet.report.ExchangeListener;
import io.understudy.servlet.report.Meters;
import jakarta.ws.rs.client.ClientRequestFilter;
import java.util.List;
import java.util.ServiceLoader;

/** Several customizers as one, in their order. */
record Customizers(List<GatewayCustomizer> all) implements GatewayCustomizer {
    /** Those that the application declares as services. */
    static Customizers declared(ClassLoader application) {
        return new Customizers(ServiceLoader.load(GatewayCustomizer.class, application).stream()
                .map(ServiceLoader.Provider::get)
                .toList());
    }

    @Override
    public List<ClientRequestFilter> requestFilters() {
        return all.stream().flatMap(each -> each.requestFilters().stream()).toList();
    }

    @Override
    public List<ExchangeListener> exchangeListeners() {
        return all.stream().flatMap(each -> each.exchangeListeners().stream()).toList();
    }

    @Override
    public List<Meters> meters() {
        return all.stream().flatMap(each -> each.meters().stream()).toList();
    }
}
