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
}
