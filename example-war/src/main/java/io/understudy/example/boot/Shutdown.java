package io.understudy.example.boot;

import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * The end of the process: closes what was opened, the latest first, and leaves with the decided status. A JVM ended by
 * a signal reports 128 + signal of its own accord, so this one is halted; a supervisor then sees 0 for an orderly stop.
 */
final class Shutdown implements Runnable {
    private final Deque<AutoCloseable> open = new ConcurrentLinkedDeque<>();
    private volatile int status;

    static Shutdown registered() {
        Shutdown shutdown = new Shutdown();
        Runtime.getRuntime().addShutdownHook(new Thread(shutdown, "understudy-shutdown"));
        return shutdown;
    }

    void willClose(AutoCloseable resource) {
        open.addFirst(resource);
    }

    void exit(int withStatus) {
        status = withStatus;
        System.exit(withStatus);
    }

    @Override
    public void run() {
        open.forEach(Shutdown::close);
        Runtime.getRuntime().halt(status);
    }

    /** One that cannot be closed must not keep the others open. */
    @SuppressWarnings("CatchAndPrintStackTrace")
    private static void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            e.printStackTrace();
        }
    }
}
