package io.understudy.servlet.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.servlet.fake.ManualScheduler;
import io.understudy.servlet.loop.Timers.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.junit.jupiter.api.Test;

class TimersTest {
    private static final Duration AT_ONCE = Duration.ZERO;
    private static final Duration LATE = Duration.ofHours(1);

    private final ManualScheduler scheduler = new ManualScheduler();
    private final List<String> fired = new ArrayList<>();
    private final List<Throwable> crashes = new ArrayList<>();
    private final SerialLoop loop = new SerialLoop(crashes::add);
    private final Timers timers = new Timers(scheduler, loop);

    @Test
    void a_timer_fires_once_when_its_time_has_come() {
        timers.start(Timer.PAUSE, AT_ONCE, () -> fired.add("pause"));
        assertThat(fired).isEmpty();
        scheduler.fire();
        scheduler.fire();
        assertThat(fired).containsExactly("pause");
        assertThat(timers.runs(Timer.PAUSE)).isFalse();
    }

    @Test
    void a_timer_whose_time_has_not_come_goes_on_running() {
        timers.start(Timer.IDLE, LATE, () -> fired.add("idle"));
        timers.start(Timer.PAUSE, AT_ONCE, () -> fired.add("pause"));
        scheduler.fire();
        assertThat(fired).containsExactly("pause");
        assertThat(timers.runs(Timer.IDLE)).isTrue();
        assertThat(scheduler.pending()).isPositive();
    }

    @Test
    void timers_that_are_due_together_fire_in_the_order_of_their_times() {
        timers.start(Timer.STALLED_WRITE, AT_ONCE, () -> fired.add("first"));
        timers.start(Timer.CLOSING, Duration.ofNanos(1), () -> fired.add("second"));
        timers.start(Timer.PAUSE, Duration.ofNanos(2), () -> fired.add("third"));
        scheduler.fire();
        assertThat(fired).containsExactly("first", "second", "third");
    }

    @Test
    void an_action_that_stops_another_timer_which_is_due_as_well_wins() {
        timers.start(Timer.CLOSING, AT_ONCE, () -> {
            fired.add("closing");
            timers.stop(Timer.IDLE);
        });
        timers.start(Timer.IDLE, AT_ONCE, () -> fired.add("idle"));
        scheduler.fire();
        assertThat(fired).containsExactly("closing");
    }

    @Test
    void starting_a_timer_again_moves_it_and_replaces_its_action() {
        timers.start(Timer.IDLE, AT_ONCE, () -> fired.add("old"));
        timers.start(Timer.IDLE, LATE, () -> fired.add("late"));
        scheduler.fire();
        assertThat(fired).isEmpty();
        timers.start(Timer.IDLE, AT_ONCE, () -> fired.add("new"));
        scheduler.fire();
        assertThat(fired).containsExactly("new");
    }

    @Test
    void an_action_may_start_its_own_timer_anew() {
        timers.start(Timer.HEARTBEAT, AT_ONCE, () -> {
            fired.add("beat");
            timers.start(Timer.HEARTBEAT, AT_ONCE, () -> fired.add("beat again"));
        });
        scheduler.fire();
        assertThat(fired).first().isEqualTo("beat");
        scheduler.fire();
        assertThat(fired).containsExactly("beat", "beat again");
    }

    @Test
    void a_stopped_timer_does_not_fire() {
        timers.start(Timer.ATTEMPT, AT_ONCE, () -> fired.add("attempt"));
        timers.stop(Timer.ATTEMPT);
        scheduler.fire();
        assertThat(fired).isEmpty();
    }

    @Test
    void actions_run_in_the_loop_behind_what_runs_there() {
        timers.start(Timer.PAUSE, AT_ONCE, () -> fired.add("timer"));
        loop.execute(() -> {
            scheduler.fire();
            fired.add("task");
        });
        assertThat(fired).containsExactly("task", "timer");
    }

    @Test
    void closing_leaves_nothing_in_the_scheduler() {
        for (Timer timer : Timer.values()) {
            timers.start(timer, LATE, () -> fired.add("late"));
        }
        timers.start(Timer.PAUSE, Duration.ofMinutes(1), () -> fired.add("sooner"));
        assertThat(scheduler.pending()).isPositive();
        timers.close();
        assertThat(scheduler.pending()).isZero();
    }

    @Test
    void a_wake_up_on_its_way_while_the_timers_are_closed_fires_nothing() {
        timers.start(Timer.PAUSE, AT_ONCE, () -> fired.add("pause"));
        loop.execute(() -> {
            scheduler.fire();
            timers.close();
        });
        assertThat(fired).isEmpty();
    }

    @Test
    void nothing_starts_after_closing() {
        timers.close();
        timers.start(Timer.PAUSE, AT_ONCE, () -> fired.add("pause"));
        assertThat(scheduler.pending()).isZero();
        assertThat(timers.runs(Timer.PAUSE)).isFalse();
    }

    @Test
    void an_action_that_closes_the_timers_leaves_nothing_behind() {
        timers.start(Timer.PAUSE, AT_ONCE, timers::close);
        timers.start(Timer.IDLE, LATE, () -> fired.add("idle"));
        scheduler.fire();
        assertThat(scheduler.pending()).isZero();
        assertThat(crashes).isEmpty();
    }

    @Test
    void a_sooner_timer_brings_the_wake_up_of_a_real_scheduler_forward() {
        ScheduledExecutorScheduler real = new ScheduledExecutorScheduler("timers-test", true);
        LifeCycle.start(real);
        try (Timers realTimers = new Timers(real, loop)) {
            CompletableFuture<String> first = new CompletableFuture<>();
            loop.execute(() -> {
                realTimers.start(Timer.IDLE, LATE, () -> first.complete("late"));
                realTimers.start(Timer.PAUSE, Duration.ofMillis(5), () -> first.complete("soon"));
            });
            assertThat(first.orTimeout(30, TimeUnit.SECONDS).join()).isEqualTo("soon");
        } finally {
            LifeCycle.stop(real);
        }
    }

    @Test
    void ten_thousand_exchanges_have_few_wake_ups_however_often_they_move_their_timers_and_leave_none() {
        List<Timers> all =
                Stream.generate(() -> new Timers(scheduler, loop)).limit(10_000).toList();
        for (int later = 0; later < 20; later++) {
            Duration delay = LATE.plusSeconds(later);
            all.forEach(each -> {
                for (Timer timer : Timer.values()) {
                    each.start(timer, delay, () -> fired.add("early"));
                }
            });
        }
        // Of 1.2 million moves. More than one for each only where rounding made the next time a little earlier.
        assertThat(scheduler.pending()).isBetween(10_000, 100_000);
        all.forEach(Timers::close);
        assertThat(scheduler.pending()).isZero();
        assertThat(fired).isEmpty();
    }
}
