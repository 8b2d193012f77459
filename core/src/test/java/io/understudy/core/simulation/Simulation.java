package io.understudy.core.simulation;

import io.understudy.core.failover.Failover;
import io.understudy.core.failover.FailoverListener;
import io.understudy.core.time.Deadline;
import java.time.Duration;
import java.util.Map;

/** One scenario under one policy. The same requests come at the same moments under every policy. */
final class Simulation {
    /** The defaults for streamed requests: {@code timeouts.firstToken} and {@code timeouts.exchange}. */
    private static final Duration ATTEMPT = Duration.ofMinutes(2);

    private static final Duration EXCHANGE = Duration.ofMinutes(10);

    private final Scenario scenario;
    private final Policy policy;
    private final Timeline timeline = new Timeline();
    private final Map<String, SimulatedProvider> providers;
    private final Measurement measurement;

    private Simulation(Scenario scenario, Policy policy) {
        this.scenario = scenario;
        this.policy = policy;
        this.providers = Map.of(
                Scenario.SICK,
                scenario.sick().apply(scenario.trouble(), new Chance(1)),
                "other",
                Providers.healthy(new Chance(2)),
                "reserve",
                Providers.healthy(new Chance(3)));
        this.measurement = new Measurement(scenario);
    }

    static Measurement run(Scenario scenario, Policy policy) {
        return new Simulation(scenario, policy).run();
    }

    private Measurement run() {
        for (int gateway = 0; gateway < scenario.gateways(); gateway++) {
            open(gateway);
        }
        timeline.run();
        return measurement;
    }

    private void open(int gateway) {
        Chance order = new Chance(10_000 + gateway);
        Failover failover = new Failover(
                policy.failover(), policy.health().apply(timeline), timeline, order::dice, FailoverListener.silent());
        await(gateway, failover, new Chance(20_000 + gateway));
    }

    /** Has the next request come after a while, and the one after it. */
    private void await(int gateway, Failover failover, Chance arrivals) {
        timeline.after(arrivals.gap(scenario.requestsPerSecond()), () -> {
            if (timeline.nanos() < scenario.length().toNanos()) {
                begin(gateway, failover);
                await(gateway, failover, arrivals);
            }
        });
    }

    private void begin(int gateway, Failover failover) {
        Deadline deadline = Deadline.after(EXCHANGE, timeline);
        var session = failover.begin(failover.plan(scenario.offers()), deadline, ATTEMPT);
        new Exchange(gateway, session, providers, timeline, measurement).run();
    }
}
