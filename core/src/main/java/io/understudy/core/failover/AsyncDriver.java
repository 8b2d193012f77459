package io.understudy.core.failover;

import io.understudy.core.failure.Failure;
import io.understudy.core.time.Scheduler;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The driver that performs an exchange without a thread of its own: each step goes on where the one before ended. The
 * caller may leave at any time on any thread, so that the session is asked under a lock; upstream and scheduler are
 * called outside it.
 */
final class AsyncDriver<T> {
    private final FailoverSession session;
    private final Function<? super Throwable, Failure> classifier;
    private final Scheduler scheduler;
    private final AsyncCall<T> upstream;
    private final CompletableFuture<T> result = new CompletableFuture<>();
    private final Object lock = new Object();
    private Runnable cancelUnderWay = () -> {};
    private boolean left;

    AsyncDriver(
            FailoverSession session,
            Function<? super Throwable, Failure> classifier,
            Scheduler scheduler,
            AsyncCall<T> upstream) {
        this.session = session;
        this.classifier = classifier;
        this.scheduler = scheduler;
        this.upstream = upstream;
    }

    CompletableFuture<T> run() {
        // The result itself is handed out, so that cancelling it is noticed here.
        var unused = result.whenComplete((answer, thrown) -> leave());
        drive(decide(session::start));
        return result;
    }

    /** Goes on from step to step as long as each ends at once, without growing the stack. */
    private void drive(@Nullable Step first) {
        for (Step step = first; step != null; ) {
            step = perform(step);
        }
    }

    private @Nullable Step perform(Step step) {
        if (step instanceof Step.Call call) {
            return perform(call);
        }
        if (step instanceof Step.Pause pause) {
            return await(
                    next -> underWay(scheduler.schedule(() -> next.accept(decide(session::resume)), pause.duration())));
        }
        result.completeExceptionally(new FailoverException(((Step.GiveUp) step).summary()));
        return null;
    }

    private @Nullable Step perform(Step.Call call) {
        CompletionStage<T> stage = begin(call);
        underWay(() -> cancel(stage));
        return await(next -> stage.whenComplete((answer, thrown) -> next.accept(
                thrown == null ? succeeded(call.attempt(), answer) : failed(call.attempt(), unwrapped(thrown)))));
    }

    private CompletionStage<T> begin(Step.Call call) {
        try {
            return Objects.requireNonNull(
                    upstream.call(call.attempt().candidate(), call.timeout()), "the call returned no stage");
        } catch (Exception thrown) {
            return CompletableFuture.failedFuture(thrown);
        }
    }

    private @Nullable Step succeeded(Attempt attempt, T answer) {
        decide(() -> {
            session.succeeded(attempt).completed();
            return null;
        });
        result.complete(answer);
        return null;
    }

    private @Nullable Step failed(Attempt attempt, Throwable thrown) {
        if (thrown instanceof Error error) {
            result.completeExceptionally(error);
            return null;
        }
        return decide(() -> session.failed(attempt, classifier.apply(thrown)));
    }

    private static Throwable unwrapped(Throwable thrown) {
        boolean wrapped = thrown instanceof CompletionException || thrown instanceof ExecutionException;
        return wrapped && thrown.getCause() != null ? thrown.getCause() : thrown;
    }

    /** Asks the session, unless the caller has left; what it throws is the caller's to know. */
    private @Nullable Step decide(Supplier<@Nullable Step> question) {
        try {
            synchronized (lock) {
                return left ? null : question.get();
            }
        } catch (RuntimeException thrown) {
            result.completeExceptionally(thrown);
            return null;
        }
    }

    /** The next step if it is known before this returns; otherwise null, and it is performed once it is known. */
    private @Nullable Step await(Consumer<Consumer<@Nullable Step>> registration) {
        Handover handover = new Handover();
        registration.accept(next -> {
            if (!handover.offer(next)) {
                drive(next);
            }
        });
        return handover.take();
    }

    private void underWay(Runnable cancel) {
        boolean late;
        synchronized (lock) {
            cancelUnderWay = cancel;
            late = left;
        }
        if (late) {
            cancel.run();
        }
    }

    private static void cancel(CompletionStage<?> stage) {
        if (stage instanceof Future<?> future) {
            future.cancel(true);
        }
    }

    private void leave() {
        Runnable cancel;
        synchronized (lock) {
            left = true;
            session.abandon();
            cancel = cancelUnderWay;
        }
        cancel.run();
    }

    /** Where a step that comes early waits for whoever asked for it. */
    private static final class Handover {
        private boolean open = true;
        private @Nullable Step early;

        synchronized boolean offer(@Nullable Step step) {
            early = open ? step : null;
            return open;
        }

        synchronized @Nullable Step take() {
            open = false;
            return early;
        }
    }
}
