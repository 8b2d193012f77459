package io.understudy.core.simulation;

import java.time.Duration;

/** A server that works off one call after the other, at so many per second, and turns away whom it would keep waiting too long. */
final class WorkQueue {
    private final long nanosPerCall;
    private final long longestWait;
    private long busyUntil;

    WorkQueue(int perSecond, Duration longestWait) {
        this.nanosPerCall = Duration.ofSeconds(1).toNanos() / perSecond;
        this.longestWait = longestWait.toNanos();
    }

    /** How long a call that comes now waits for its turn. */
    Duration waiting(long now) {
        return Duration.ofNanos(Math.max(0, busyUntil - now));
    }

    /** Takes a call in; false if the queue is full. */
    boolean enter(long now) {
        if (busyUntil - now > longestWait) {
            return false;
        }
        busyUntil = Math.max(busyUntil, now) + nanosPerCall;
        return true;
    }
}
