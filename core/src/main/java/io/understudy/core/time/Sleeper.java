package io.understudy.core.time;

import java.time.Duration;

/** A way to let time pass on the calling thread. */
@FunctionalInterface
public interface Sleeper {
    /** Returns when this much time has passed. */
    void sleep(Duration duration) throws InterruptedException;

    /** The calling thread's own sleep, {@link Thread#sleep(long, int)}. */
    static Sleeper system() {
        return duration -> Thread.sleep(duration.toMillis(), duration.toNanosPart() % 1_000_000);
    }
}
