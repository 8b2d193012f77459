package io.understudy.core.simulation;

import io.understudy.core.candidate.Candidate;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * A trouble to get through.
 *
 * @param name              how the page refers to it
 * @param length            how long requests come
 * @param gateways          how many there are, each with a health of its own
 * @param requestsPerSecond how many come to each gateway, independently of each other
 * @param offers            the candidates of every request; the provider {@code sick} is the one in trouble
 * @param trouble           when it is
 * @param sick              how it behaves
 */
record Scenario(
        String name,
        Duration length,
        int gateways,
        double requestsPerSecond,
        List<Candidate> offers,
        Trouble trouble,
        BiFunction<Trouble, Chance, SimulatedProvider> sick) {
    static final String SICK = "sick";

    private static final List<Candidate> THREE =
            List.of(candidate(SICK, 70, 0), candidate("other", 30, 0), candidate("reserve", 1, 1));

    private static Candidate candidate(String provider, double weight, int priority) {
        return new Candidate(provider, "m", weight, priority, true, Set.of("chat"));
    }

    static List<Scenario> ofOneGateway() {
        Duration minute = Duration.ofMinutes(1);
        return List.of(
                of("healthy", Trouble.never(), Providers::down),
                of("slow", Trouble.always(), Providers::slow),
                of("flapping", new Trouble(minute, minute, Duration.ofSeconds(30)), Providers::down),
                of("rate-limited", Trouble.always(), Providers::limited),
                of("outage", new Trouble(minute, Duration.ofMinutes(10), minute), Providers::down),
                of("long-outage", new Trouble(minute, Duration.ofMinutes(20), Duration.ofMinutes(5)), Providers::down),
                of("brown-out", Trouble.always(), Providers::brownOut));
    }

    private static Scenario of(String name, Trouble trouble, BiFunction<Trouble, Chance, SimulatedProvider> sick) {
        return new Scenario(name, Duration.ofHours(2), 1, 5, THREE, trouble, sick);
    }

    static Scenario herd() {
        Trouble outage = new Trouble(Duration.ofSeconds(20), Duration.ofDays(1), Duration.ofMinutes(1));
        List<Candidate> alone = List.of(candidate(SICK, 1, 0));
        return new Scenario("herd", Duration.ofMinutes(2), 200, 3, alone, outage, Providers::restarting);
    }

    /** When the herd's provider is back. */
    Duration firstEnd() {
        return trouble.first().plus(trouble.length());
    }
}
