package io.understudy.servlet;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.jspecify.annotations.Nullable;

/** What is logged under a name while it is open, exceptions included, as it would be printed. */
final class CapturedLog extends Handler implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Logger logger;
    private final Formatter formatter = new SimpleFormatter();
    private final Queue<String> records = new ConcurrentLinkedQueue<>();
    private final BlockingQueue<String> unseen = new LinkedBlockingQueue<>();

    private CapturedLog(Logger logger) {
        this.logger = logger;
    }

    static CapturedLog of(String name) {
        CapturedLog log = new CapturedLog(Logger.getLogger(name));
        log.logger.addHandler(log);
        return log;
    }

    /** What has been logged so far. */
    List<String> records() {
        return List.copyOf(records);
    }

    /** The next record with this text in it that has not been awaited yet; waits for it. */
    String await(String text) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            for (String next = next(end); next != null; next = next(end)) {
                if (next.contains(text)) {
                    return next;
                }
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while waiting for the log", e);
        }
        throw new AssertionError("not logged within %s: %s; but %s".formatted(PATIENCE, text, records));
    }

    private @Nullable String next(long end) throws InterruptedException {
        return unseen.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void publish(LogRecord logged) {
        String text = formatter.format(logged);
        records.add(text);
        unseen.add(text);
    }

    @Override
    public void flush() {
        // Nothing is held back.
    }

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
