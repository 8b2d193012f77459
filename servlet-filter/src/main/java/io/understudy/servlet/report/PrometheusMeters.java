package io.understudy.servlet.report;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/** Meters in a registry of Prometheus' of their own. Apart from the others, because its library need not be there. */
final class PrometheusMeters {
    private PrometheusMeters() {}

    static Meters create() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        return MetricsListener.of(registry, registry::scrape);
    }
}
