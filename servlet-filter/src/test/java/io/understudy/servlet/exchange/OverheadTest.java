package io.understudy.servlet.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class OverheadTest {
    private long now;
    private final Overhead overhead = new Overhead(() -> now);

    @Test
    void what_passes_while_it_stands_still_does_not_count() {
        after(100);
        overhead.goOn();
        after(3);
        overhead.stop();
        after(1000);
        overhead.goOn();
        after(4);
        overhead.stop();
        assertThat(overhead.total()).isEqualTo(Duration.ofNanos(7));
    }

    @Test
    void what_is_said_twice_counts_once() {
        overhead.goOn();
        after(3);
        overhead.goOn();
        after(4);
        overhead.stop();
        after(5);
        overhead.stop();
        assertThat(overhead.total()).isEqualTo(Duration.ofNanos(7));
    }

    private void after(long nanos) {
        now += nanos;
    }
}
