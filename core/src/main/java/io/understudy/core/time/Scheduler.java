package io.understudy.core.time;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A way to have something done later without waiting for it. */
@FunctionalInterface
public interface Scheduler {
    /**
     * Runs the task once, when this much time has passed.
     *
     * @return takes the task back, if it has not begun
     */
    Runnable schedule(Runnable task, Duration delay);

    /** The scheduler that uses these threads. */
    static Scheduler of(ScheduledExecutorService threads) {
        return (task, delay) -> {
            ScheduledFuture<?> future = threads.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> future.cancel(false);
        };
    }
}
