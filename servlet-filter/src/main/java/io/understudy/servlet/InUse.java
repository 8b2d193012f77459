package io.understudy.servlet;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts those who use something, and disposes of it when the last one has given it back. Thread-safe. */
final class InUse {
    private final AtomicInteger users = new AtomicInteger(1);
    private final Runnable disposal;

    /** Something with one user. */
    InUse(Runnable disposal) {
        this.disposal = disposal;
    }

    /** One more user; false if it has been disposed of. */
    boolean take() {
        return users.updateAndGet(count -> count == 0 ? 0 : count + 1) > 0;
    }

    /** One user less. */
    void giveBack() {
        if (users.decrementAndGet() == 0) {
            disposal.run();
        }
    }
}
