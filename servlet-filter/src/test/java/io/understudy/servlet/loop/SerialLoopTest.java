package io.understudy.servlet.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SerialLoopTest {
    private final List<Throwable> crashes = new ArrayList<>();
    private final SerialLoop loop = new SerialLoop(crashes::add);

    @Test
    void a_task_runs_at_once_in_the_thread_that_brings_it() {
        List<Thread> threads = new ArrayList<>();
        loop.execute(() -> threads.add(Thread.currentThread()));
        assertThat(threads).containsExactly(Thread.currentThread());
    }

    @Test
    void a_task_brought_by_a_task_runs_after_it() {
        List<String> order = new ArrayList<>();
        loop.execute(() -> {
            loop.execute(() -> order.add("second"));
            loop.execute(() -> order.add("third"));
            order.add("first");
        });
        assertThat(order).containsExactly("first", "second", "third");
    }

    @Test
    void posting_gives_a_task_to_the_loop_instead_of_running_it_in_place() {
        List<String> order = new ArrayList<>();
        Runnable posting = loop.posting(() -> order.add("posted"));
        loop.execute(() -> {
            posting.run();
            order.add("in place");
        });
        assertThat(order).containsExactly("in place", "posted");
    }

    @Test
    void a_deep_chain_of_tasks_does_not_deepen_the_stack() {
        AtomicInteger left = new AtomicInteger(200_000);
        Runnable[] chain = new Runnable[1];
        chain[0] = () -> {
            if (left.decrementAndGet() > 0) {
                loop.execute(chain[0]);
            }
        };
        loop.execute(chain[0]);
        assertThat(left).hasValue(0);
        assertThat(crashes).isEmpty();
    }

    @Test
    void under_contention_no_two_tasks_run_at_once_none_is_lost_and_each_threads_order_is_kept() throws Exception {
        int threads = 8;
        int each = 20_000;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<List<Integer>> seen = IntStream.range(0, threads)
                    .<List<Integer>>mapToObj(i -> new ArrayList<>())
                    .toList();
            AtomicInteger inside = new AtomicInteger();
            AtomicInteger overlaps = new AtomicInteger();
            CountDownLatch start = new CountDownLatch(1);
            List<CompletableFuture<Void>> posters = IntStream.range(0, threads)
                    .mapToObj(poster -> CompletableFuture.runAsync(
                            () -> {
                                awaitQuietly(start);
                                for (int i = 0; i < each; i++) {
                                    int number = i;
                                    loop.execute(() -> {
                                        overlaps.addAndGet(inside.getAndIncrement());
                                        seen.get(poster).add(number); // not synchronised on purpose
                                        inside.decrementAndGet();
                                    });
                                }
                            },
                            pool))
                    .toList();
            start.countDown();
            posters.forEach(poster -> poster.orTimeout(60, TimeUnit.SECONDS).join());
            assertThat(overlaps).hasValue(0);
            List<Integer> inOrder = IntStream.range(0, each).boxed().toList();
            assertThat(seen).allSatisfy(order -> assertThat(order).isEqualTo(inOrder));
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void a_task_that_throws_is_reported_and_the_next_ones_run() {
        Error defect = new AssertionError("a defect");
        List<String> order = new ArrayList<>();
        loop.execute(() -> {
            loop.execute(() -> order.add("next"));
            throw defect;
        });
        loop.execute(() -> order.add("later"));
        assertThat(crashes).containsExactly(defect);
        assertThat(order).containsExactly("next", "later");
    }

    @Test
    void a_crash_handler_that_throws_does_not_stop_the_loop() {
        List<String> order = new ArrayList<>();
        SerialLoop unlucky = new SerialLoop(defect -> {
            throw new IllegalStateException("the handler has a defect of its own");
        });
        unlucky.execute(() -> {
            unlucky.execute(() -> order.add("next"));
            throw new IllegalStateException("a defect");
        });
        unlucky.execute(() -> order.add("later"));
        assertThat(order).containsExactly("next", "later");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
