package io.understudy.core.backoff;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class BackoffPropertiesTest {
    private static final long DAY_NANOS = Duration.ofDays(1).toNanos();

    @Provide
    Arbitrary<Backoff> backoffs() {
        Arbitrary<Duration> delays = Arbitraries.longs().between(0, DAY_NANOS).map(Duration::ofNanos);
        Arbitrary<Double> bases = Arbitraries.doubles().between(1, 1e6);
        return Combinators.combine(delays, delays, bases, jitters()).as(Backoff::new);
    }

    @Provide
    Arbitrary<Jitter> jitters() {
        return Arbitraries.oneOf(
                Arbitraries.of(Jitter.full(), Jitter.equal(), Jitter.decorrelated(), Jitter.none()),
                Arbitraries.doubles().between(0, 10).map(Jitter::factor));
    }

    @Property(seed = "1")
    void a_pause_stays_between_zero_and_the_cap_whatever_n(
            @ForAll("backoffs") Backoff backoff,
            @ForAll @IntRange(min = 1) int n,
            @ForAll @LongRange(min = 0, max = 86_400_000_000_000L) long previous,
            @ForAll long seed) {
        Duration pause = backoff.pause(n, Duration.ofNanos(previous), new Random(seed));
        double longest = backoff.jitter() instanceof Jitter.Factor factor ? 1 + factor.factor() : 1;
        assertThat(pause.isNegative()).isFalse();
        assertThat((double) pause.toNanos())
                .isLessThanOrEqualTo(longest * backoff.maxDelay().toNanos() + 1);
    }

    @Property(seed = "2")
    void ceilings_never_shrink(@ForAll("backoffs") Backoff backoff, @ForAll @IntRange(min = 1, max = 1_000_000) int n) {
        assertThat(backoff.ceiling(n + 1)).isGreaterThanOrEqualTo(backoff.ceiling(n));
    }

    @Property(seed = "3")
    void full_jitter_stays_below_the_ceiling_and_equal_jitter_in_its_upper_half(
            @ForAll @IntRange(min = 1, max = 100) int n, @ForAll long seed) {
        Backoff full = Backoff.defaults();
        Backoff equal = new Backoff(full.baseDelay(), full.maxDelay(), 2, Jitter.equal());
        Duration ceiling = full.ceiling(n);
        assertThat(full.pause(n, Duration.ZERO, new Random(seed))).isBetween(Duration.ZERO, ceiling);
        assertThat(equal.pause(n, Duration.ZERO, new Random(seed))).isBetween(ceiling.dividedBy(2), ceiling);
    }
}
