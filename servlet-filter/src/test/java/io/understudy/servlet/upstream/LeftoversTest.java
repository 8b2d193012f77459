package io.understudy.servlet.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.servlet.fake.ManualScheduler;
import io.understudy.servlet.fake.ScriptedSource;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LeftoversTest {
    private final ScriptedSource rest = new ScriptedSource();
    private final ManualScheduler scheduler = new ManualScheduler();
    private final UpstreamCall call = new UpstreamCall();

    @Test
    void a_rest_that_ends_is_read_and_its_connection_left_alone() {
        rest.text("data: [DONE]\n\n").text("\n").end();
        Leftovers.discard(rest, call, scheduler);
        assertThat(rest.unreleased()).isZero();
        assertThat(call.isAborted()).isFalse();
        assertThat(scheduler.pending()).isZero();
    }

    @Test
    void a_rest_that_comes_later_is_waited_for() {
        Leftovers.discard(rest, call, scheduler);
        rest.text("\n");
        assertThat(rest.unreleased()).isZero();
        assertThat(scheduler.pending()).isEqualTo(1);
        rest.end();
        assertThat(call.isAborted()).isFalse();
        assertThat(scheduler.pending()).isZero();
    }

    @Test
    void a_rest_that_does_not_come_within_a_second_closes_the_connection() {
        Leftovers.discard(rest, call, scheduler);
        assertThat(scheduler.latestDelay()).isEqualTo(Duration.ofSeconds(1));
        scheduler.fire();
        assertThat(call.isAborted()).isTrue();
    }

    @Test
    void a_rest_beyond_64_kibibytes_closes_the_connection_and_leaves_no_timer() {
        rest.bytes(new byte[64 * 1024]);
        Leftovers.discard(rest, call, scheduler);
        assertThat(call.isAborted()).isFalse();
        rest.bytes(new byte[1]);
        assertThat(call.isAborted()).isTrue();
        assertThat(scheduler.pending()).isZero();
        assertThat(rest.unreleased()).isZero();
        assertThat(rest.isDemanded()).isFalse();
    }

    @Test
    void a_rest_that_breaks_off_needs_nothing_more() {
        rest.text("x").broken(new IOException("reset"));
        Leftovers.discard(rest, call, scheduler);
        assertThat(rest.unreleased()).isZero();
        assertThat(scheduler.pending()).isZero();
    }
}
