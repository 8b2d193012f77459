package io.understudy.core.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.core.time.FakeTicker;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CooldownClockTest {
    /** Shortly before the values overflow. */
    private final long now = new FakeTicker().nanos();

    private final CooldownClock clock = new CooldownClock(now);

    @Test
    void a_shorter_cooldown_never_shortens_a_longer_one() {
        clock.begin(now, Duration.ofSeconds(30));
        clock.begin(now + 1_000_000_000, Duration.ofSeconds(2));
        assertThat(clock.remainingNanos(now + 1_000_000_000)).isEqualTo(29_000_000_000L);
    }

    @Test
    void is_over_when_its_time_has_passed() {
        assertThat(clock.remainingNanos(now)).isZero();
        clock.begin(now, Duration.ofNanos(5));
        assertThat(clock.remainingNanos(now + 4)).isEqualTo(1);
        assertThat(clock.remainingNanos(now + 5)).isZero();
        assertThat(clock.remainingNanos(now + 6)).isZero();
    }

    @Test
    void outlasts_only_what_ends_earlier() {
        long own = clock.begin(now, Duration.ofNanos(5));
        assertThat(clock.outlasts(now, own)).isFalse();
        assertThat(clock.outlasts(now, own - 1)).isTrue();
        assertThat(clock.outlasts(now + 5, own - 1)).isFalse();
    }

    @Property(seed = "31")
    void the_end_is_the_latest_of_all_ends(
            @ForAll @Size(min = 1, max = 20) List<@LongRange(min = 0, max = 3_600_000_000_000L) Long> durations) {
        CooldownClock merged = new CooldownClock(now);
        long latest = 0;
        for (int i = 0; i < durations.size(); i++) {
            merged.begin(now + i, Duration.ofNanos(durations.get(i)));
            latest = Math.max(latest, i + durations.get(i));
            assertThat(merged.remainingNanos(now)).isEqualTo(latest);
        }
    }
}
