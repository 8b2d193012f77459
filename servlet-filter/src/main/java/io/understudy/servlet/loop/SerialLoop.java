package io.understudy.servlet.loop;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Runs tasks one after another, in order, never two at once: whoever brings the first task runs all that come meanwhile,
 * or has them run where the loop was told to. It has no thread of its own and waits for nothing. Thread-safe; what the
 * tasks touch needs no further synchronisation.
 */
public final class SerialLoop implements Executor {
    private static final Logger LOG = System.getLogger("io.understudy.exchange");

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicInteger pending = new AtomicInteger();
    private final Executor where;
    private final Consumer<Throwable> crash;

    /**
     * A loop without tasks, which runs them in the threads that bring them.
     *
     * @param crash is told when a task throws, which none should
     */
    public SerialLoop(Consumer<Throwable> crash) {
        this(Runnable::run, crash);
    }

    /**
     * A loop without tasks.
     *
     * @param where runs what is there to run
     * @param crash is told when a task throws, which none should
     */
    public SerialLoop(Executor where, Consumer<Throwable> crash) {
        this.where = where;
        this.crash = crash;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (pending.getAndIncrement() == 0) {
            where.execute(this::drain);
        }
    }

    /** A task that, whenever it is run, runs the given one in this loop. */
    public Runnable posting(Runnable task) {
        return () -> execute(task);
    }

    private void drain() {
        do {
            run(tasks.remove());
        } while (pending.decrementAndGet() != 0);
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (Throwable t) { // an exchange that dies silently would leave its caller waiting for ever
            report(t);
        }
    }

    /** A loop that stopped here would take every later task and run none. */
    private void report(Throwable defect) {
        try {
            crash.accept(defect);
        } catch (RuntimeException | Error second) {
            second.addSuppressed(defect);
            LOG.log(Level.ERROR, "the handling of a defect failed", second);
        }
    }
}
