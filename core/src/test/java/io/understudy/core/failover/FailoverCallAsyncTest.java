package io.understudy.core.failover;

import static io.understudy.core.failover.Telling.FIRST;
import static io.understudy.core.failover.Telling.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.understudy.core.candidate.Candidate;
import io.understudy.core.health.Availability.State;
import io.understudy.core.time.Scheduler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class FailoverCallAsyncTest {
    private final Telling telling = new Telling();
    private final CallPolicy terms = CallPolicy.defaults();
    private int maxProviderAttempts = 3;
    private int retries = 1;

    private Failover failover() {
        return telling.failover(maxProviderAttempts, retries);
    }

    private static FailoverException cause(CompletableFuture<?> result) {
        return Telling.cause(catchThrowableOfType(CompletionException.class, result::join));
    }

    /** A scheduler that keeps its tasks until it is told to run them. */
    private static final class Agenda implements Scheduler {
        final Deque<Runnable> tasks = new ArrayDeque<>();
        int takenBack;

        @Override
        public Runnable schedule(Runnable task, Duration delay) {
            tasks.add(task);
            return () -> takenBack++;
        }
    }

    @Test
    void an_answer_that_comes_later_completes_the_result() {
        CompletableFuture<String> upstream = new CompletableFuture<>();
        CompletableFuture<String> result =
                failover().callAsync(List.of(FIRST), terms, new Agenda(), (candidate, timeout) -> upstream);
        assertThat(result).isNotDone();
        upstream.complete("hello");
        assertThat(result).isCompletedWithValue("hello");
        assertThat(telling.told).containsExactly("a1 fine");
    }

    @Test
    void a_failure_pauses_on_the_scheduler_and_goes_on() {
        Agenda agenda = new Agenda();
        CompletableFuture<String> result = failover()
                .callAsync(
                        List.of(FIRST, SECOND),
                        terms,
                        agenda,
                        (candidate, timeout) -> candidate.equals(FIRST)
                                ? CompletableFuture.failedFuture(new CompletionException(new ConnectException()))
                                : CompletableFuture.completedFuture(candidate.provider()));
        assertThat(result).isNotDone();
        agenda.tasks.remove().run();
        assertThat(result).isCompletedWithValue("b");
        assertThat(telling.told).containsExactly("a1 connection", "a2 connection", "b3 fine");
    }

    @Test
    void when_all_fail_the_result_fails_with_what_happened() {
        retries = 0;
        ConnectException refused = new ConnectException();
        FailoverException failed = cause(failover()
                .callAsync(
                        List.of(FIRST),
                        terms,
                        new Agenda(),
                        (candidate, timeout) -> CompletableFuture.failedFuture(new CompletionException(refused))));
        assertThat(failed).hasCause(refused);
        assertThat(failed.summary().end()).isEqualTo(End.EXHAUSTED);
    }

    @Test
    @SuppressWarnings("NullAway") // The mistake under test.
    void a_call_that_throws_or_returns_nothing_has_failed() {
        retries = 0;
        assertThat(cause(failover().callAsync(List.of(FIRST), terms, new Agenda(), (candidate, timeout) -> {
                    throw new UncheckedIOException(new IOException("cut"));
                })))
                .hasMessage("no candidate answered: a/m the connection failed");
        assertThat(cause(failover()
                        .<String>callAsync(List.of(FIRST), terms, new Agenda(), (candidate, timeout) -> null)))
                .hasRootCauseMessage("the call returned no stage");
    }

    @Test
    void an_error_fails_the_result_as_it_is() {
        AssertionError error = new AssertionError("broken");
        CompletableFuture<String> result = failover()
                .callAsync(
                        List.of(FIRST, SECOND),
                        terms,
                        new Agenda(),
                        (candidate, timeout) -> CompletableFuture.failedFuture(error));
        assertThat(catchThrowableOfType(CompletionException.class, result::join))
                .hasCause(error);
        assertThat(telling.told).containsExactly("a1 cancelled");
    }

    @Test
    void the_classifier_sees_the_exception_itself_not_what_it_is_wrapped_in() {
        List<Throwable> seen = new ArrayList<>();
        CallPolicy curious = terms.withClassifier(thrown -> {
            seen.add(thrown);
            return terms.classifier().apply(thrown);
        });
        IllegalStateException plain = new IllegalStateException("plain", new IOException("deeper"));
        CompletionException empty = new CompletionException(null);
        retries = 0;
        for (Throwable thrown : List.of(new CompletionException(plain), new ExecutionException(plain), plain, empty)) {
            cause(failover()
                    .callAsync(
                            List.of(FIRST),
                            curious,
                            new Agenda(),
                            (candidate, timeout) -> CompletableFuture.failedFuture(thrown)));
        }
        assertThat(seen).containsExactly(plain, plain, plain, empty);
    }

    @Test
    void a_classifier_that_throws_fails_the_result() {
        CallPolicy broken = terms.withClassifier(thrown -> {
            throw new IllegalStateException("classifier");
        });
        CompletableFuture<String> result = failover()
                .callAsync(
                        List.of(FIRST),
                        broken,
                        new Agenda(),
                        (candidate, timeout) -> CompletableFuture.failedFuture(new IOException()));
        assertThat(catchThrowableOfType(CompletionException.class, result::join))
                .hasRootCauseMessage("classifier");
        assertThat(telling.told).containsExactly("a1 cancelled");
    }

    @Test
    void cancelling_the_result_cancels_the_call_under_way_and_blames_nobody() {
        CompletableFuture<String> upstream = new CompletableFuture<>();
        CompletableFuture<String> result =
                failover().callAsync(List.of(FIRST, SECOND), terms, new Agenda(), (candidate, timeout) -> upstream);
        result.cancel(true);
        assertThat(upstream).isCancelled();
        assertThat(telling.told).containsExactly("a1 cancelled");
        assertThatThrownBy(result::join).isInstanceOf(CancellationException.class);
    }

    @Test
    void cancelling_the_result_during_a_pause_takes_the_task_back() {
        Agenda agenda = new Agenda();
        CompletableFuture<String> result = failover()
                .callAsync(
                        List.of(FIRST),
                        terms,
                        agenda,
                        (candidate, timeout) -> CompletableFuture.failedFuture(new ConnectException()));
        result.cancel(true);
        assertThat(agenda.takenBack).isEqualTo(1);
        agenda.tasks.remove().run();
        assertThat(telling.told).containsExactly("a1 connection");
    }

    @Test
    void cancelling_the_result_while_the_call_begins_cancels_that_too() {
        CompletableFuture<String> upstream = new CompletableFuture<>();
        List<CompletableFuture<String>> results = new ArrayList<>();
        Agenda agenda = new Agenda();
        results.add(failover().callAsync(List.of(FIRST), terms, agenda, (candidate, timeout) -> {
            if (results.isEmpty()) {
                return CompletableFuture.failedFuture(new ConnectException());
            }
            results.get(0).cancel(true);
            return upstream;
        }));
        agenda.tasks.remove().run();
        assertThat(upstream).isCancelled();
        assertThat(telling.told).containsExactly("a1 connection", "a2 cancelled");
    }

    @Test
    void an_answer_that_comes_after_the_caller_has_left_changes_nothing() {
        CompletableFuture<String> upstream = new CompletableFuture<>();
        CompletableFuture<String> result = failover()
                .callAsync(
                        List.of(FIRST), terms, new Agenda(), (candidate, timeout) -> upstream.minimalCompletionStage());
        result.cancel(true);
        upstream.complete("late");
        assertThat(result).isCancelled();
        assertThat(telling.told).containsExactly("a1 cancelled");
        assertThat(telling.health.availability(FIRST).state()).isEqualTo(State.READY);
    }

    @Test
    void thousands_of_failures_in_a_row_do_not_grow_the_stack() {
        maxProviderAttempts = 3_000;
        retries = 0;
        List<Candidate> many = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            many.add(Script.candidate("p" + i));
        }
        FailoverException failed = cause(failover()
                .callAsync(
                        many,
                        terms,
                        new Agenda(),
                        (candidate, timeout) -> CompletableFuture.failedFuture(new TimeoutException())));
        assertThat(failed.summary().failures()).hasSize(3_000);
    }

    @Test
    void a_scheduled_executor_is_a_scheduler() throws InterruptedException {
        ScheduledExecutorService threads = Executors.newSingleThreadScheduledExecutor();
        try {
            List<String> done = new ArrayList<>();
            Scheduler scheduler = Scheduler.of(threads);
            scheduler.schedule(() -> done.add("never"), Duration.ofHours(1)).run();
            CompletableFuture<String> ran = new CompletableFuture<>();
            Runnable takeBack = scheduler.schedule(() -> ran.complete("ran"), Duration.ofMillis(1));
            assertThat(ran.join()).isEqualTo("ran");
            takeBack.run();
            threads.shutdown();
            // A task that is not taken back would keep the executor from ending for an hour.
            assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
            assertThat(done).isEmpty();
        } finally {
            threads.shutdownNow();
        }
    }
}
