package io.understudy.servlet.loop;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.CyclicTimeout;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * All timers of one exchange on a single wake-up: to start or move one later costs an atomic write, and nothing is left
 * behind in the scheduler once they are closed. Actions run in the exchange's loop; so must every call here.
 */
public final class Timers implements AutoCloseable {
    /** What is timed; starting one again moves it. */
    public enum Timer {
        /** A pause before the next attempt. */
        PAUSE,
        /** An attempt that has not brought its first token, or its whole answer. */
        ATTEMPT,
        /** The next byte of a committed stream. */
        IDLE,
        /** The formal end of a stream whose answer is whole. */
        CLOSING,
        /** A sign of life to a caller who waits. */
        HEARTBEAT,
        /** A caller who takes nothing. */
        STALLED_WRITE
    }

    private record Due(Timer timer, long nanos, Runnable action) {}

    private final Map<Timer, Due> running = new EnumMap<>(Timer.class);
    private final CyclicTimeout wakeup;
    private boolean closed;

    /** Timers that run their actions in the given loop. */
    public Timers(Scheduler scheduler, SerialLoop loop) {
        this.wakeup = new CyclicTimeout(scheduler) {
            @Override
            public void onTimeoutExpired() {
                loop.execute(Timers.this::fire);
            }
        };
    }

    /** Starts a timer, or starts it anew. */
    public void start(Timer timer, Duration delay, Runnable action) {
        if (!closed) {
            running.put(timer, new Due(timer, System.nanoTime() + delay.toNanos(), action));
            schedule();
        }
    }

    /** Stops a timer, if it runs. */
    public void stop(Timer timer) {
        running.remove(timer);
    }

    /** Whether a timer runs. */
    public boolean runs(Timer timer) {
        return running.containsKey(timer);
    }

    @Override
    public void close() {
        closed = true;
        running.clear();
        wakeup.destroy();
    }

    /** Runs what is due, the earliest first: an action may stop another timer, and the first terminal event wins. */
    private void fire() {
        long now = System.nanoTime();
        for (Due due = next(); due != null && due.nanos() - now <= 0; due = next()) {
            running.remove(due.timer());
            due.action().run();
        }
        schedule();
    }

    private void schedule() {
        Due next = next();
        if (next != null && !closed) {
            wakeup.schedule(Math.max(next.nanos() - System.nanoTime(), 0), TimeUnit.NANOSECONDS);
        }
    }

    private @Nullable Due next() {
        Due earliest = null;
        for (Due due : running.values()) {
            if (earliest == null || due.nanos() - earliest.nanos() < 0) {
                earliest = due;
            }
        }
        return earliest;
    }
}
