package io.understudy.servlet.synchronous;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeldThreadTest {
    private final HeldThread held = new HeldThread();

    @Test
    void tasks_run_in_the_held_thread_in_order_whoever_brings_them() throws Exception {
        List<Object> ran = new ArrayList<>();
        Thread other = new Thread(() -> {
            held.execute(() -> ran.add(Thread.currentThread()));
            held.execute(() -> ran.add("second"));
            held.execute(held::release);
        });
        other.start();
        held.hold();
        other.join();
        assertThat(ran).containsExactly(Thread.currentThread(), "second");
    }

    @Test
    void what_was_there_at_its_release_still_runs_in_it() throws Exception {
        List<String> ran = new ArrayList<>();
        held.execute(held::release);
        held.execute(() -> ran.add("left"));
        held.hold();
        assertThat(ran).containsExactly("left");
    }

    @Test
    void what_comes_later_runs_in_the_thread_that_brings_it() throws Exception {
        held.release();
        held.hold();
        List<Thread> ran = new ArrayList<>();
        held.execute(() -> ran.add(Thread.currentThread()));
        assertThat(ran).containsExactly(Thread.currentThread());
    }

    @Test
    void an_interrupt_sets_it_free() {
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(InterruptedException.class).isThrownBy(held::hold);
    }

    @Test
    void held_until_something_is_so_it_runs_no_more_than_that_takes() throws Exception {
        List<String> ran = new ArrayList<>();
        held.execute(() -> ran.add("first"));
        held.execute(() -> ran.add("second"));
        held.holdUntil(() -> !ran.isEmpty());
        assertThat(ran).containsExactly("first");
        held.execute(held::release);
        held.hold();
        assertThat(ran).containsExactly("first", "second");
    }

    @Test
    void a_task_may_hold_it_again() throws Exception {
        List<String> ran = new ArrayList<>();
        held.execute(() -> {
            held.execute(() -> ran.add("inner"));
            try {
                held.holdUntil(() -> ran.contains("inner"));
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            ran.add("outer");
            held.release();
        });
        held.hold();
        assertThat(ran).containsExactly("inner", "outer");
    }

    @Test
    void released_it_waits_for_nothing_more() throws Exception {
        held.release();
        held.holdUntil(() -> false);
        assertThat(Thread.interrupted()).isFalse();
    }
}
