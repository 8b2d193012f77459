package io.understudy.servlet.report;

import io.understudy.core.candidate.Candidate;
import io.understudy.core.failover.FailoverListener;
import io.understudy.core.health.Health;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Everything that is told of exchanges: the log, the latest records, the statistics, the meters, and whoever else wants to
 * hear. It outlives a change of the configuration. Thread-safe.
 */
public final class Reports implements AutoCloseable {
    private final RecentExchanges recent = new RecentExchanges();
    private final Statistics statistics = new Statistics(InstantSource.system());
    private final List<Meters> meters;
    private final ExchangeListener listener;

    /**
     * Reports to these, too.
     *
     * @param others what an application adds
     */
    public Reports(List<Meters> meters, List<ExchangeListener> others) {
        this.meters = List.copyOf(meters);
        List<ExchangeListener> all = new ArrayList<>(List.of(recent, statistics));
        all.addAll(meters);
        all.addAll(others);
        // Last: whoever reads of an exchange in the log finds it everywhere else, too.
        all.add(new LogListener());
        this.listener = ExchangeListener.all(all);
    }

    /** A configuration has come into force. */
    public void serve(Map<String, List<Candidate>> models, Health health) {
        meters.forEach(each -> each.serve(models, health));
    }

    /** Is told of exchanges. */
    public ExchangeListener exchanges() {
        return listener;
    }

    /** Is told of attempts. */
    public FailoverListener attempts() {
        return statistics;
    }

    /** The latest records. */
    public RecentExchanges recent() {
        return recent;
    }

    /** The figures of the candidates. */
    public Statistics statistics() {
        return statistics;
    }

    /** The meters in Prometheus' text format; empty if there is no registry of Prometheus'. */
    public Optional<String> prometheusText() {
        return meters.stream()
                .map(Meters::prometheusText)
                .filter(Objects::nonNull)
                .findFirst();
    }

    @Override
    public void close() {
        meters.forEach(Meters::close);
    }
}
