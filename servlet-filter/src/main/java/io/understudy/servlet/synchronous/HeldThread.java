package io.understudy.servlet.synchronous;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BooleanSupplier;

/**
 * A thread of somebody else's that stays until its work is over and runs every task meanwhile, in order. Tasks that come
 * later run in the thread that brings them. Thread-safe.
 */
public final class HeldThread implements Executor {
    private final BlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private boolean over;

    /** A thread that nobody holds yet. */
    public HeldThread() {}

    @Override
    public void execute(Runnable task) {
        if (!queued(task)) {
            task.run();
        }
    }

    /** Its work is over: {@link #hold} returns after the tasks that are there now. */
    public synchronized void release() {
        over = true;
        tasks.add(() -> {});
    }

    /**
     * Runs tasks in the calling thread until {@link #release}.
     *
     * @throws InterruptedException if the thread is wanted elsewhere; {@link #hold} may be called again
     */
    public void hold() throws InterruptedException {
        holdUntil(() -> false);
    }

    /**
     * Runs tasks in the calling thread until this is so, or {@link #release}; one of them may call it again.
     *
     * @throws InterruptedException if the thread is wanted elsewhere
     */
    public void holdUntil(BooleanSupplier enough) throws InterruptedException {
        while (!isOver() && !enough.getAsBoolean()) {
            tasks.take().run();
        }
        if (isOver()) {
            runTheRest();
        }
    }

    private void runTheRest() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    private synchronized boolean queued(Runnable task) {
        return !over && tasks.add(task);
    }

    private synchronized boolean isOver() {
        return over;
    }
}
