package io.understudy.servlet.report;

import io.understudy.core.candidate.Candidate;
import io.understudy.core.health.Health;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Meters of exchanges in a registry. It names no class of Micrometer's, which need not be there. */
public interface Meters extends ExchangeListener {
    /** Another configuration is in force; called before anything is told of its exchanges. */
    void serve(Map<String, List<Candidate>> models, Health health);

    /** All meters of the registry in Prometheus' text format, null if it is no registry of Prometheus'. */
    @Nullable
    String prometheusText();

    /** The gateway ends, and the registry may go on. */
    void close();

    /**
     * Meters in a registry of Prometheus' of their own, if its library is on the class path; otherwise in Micrometer's
     * global registry, if Micrometer is; otherwise none.
     */
    static List<Meters> ofClassPath() {
        if (isPresent("io.micrometer.prometheusmetrics.PrometheusMeterRegistry")) {
            return List.of(PrometheusMeters.create());
        }
        return isPresent("io.micrometer.core.instrument.MeterRegistry")
                ? List.of(MetricsListener.ofGlobalRegistry())
                : List.of();
    }

    private static boolean isPresent(String type) {
        try {
            Class.forName(type, false, Meters.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }
}
