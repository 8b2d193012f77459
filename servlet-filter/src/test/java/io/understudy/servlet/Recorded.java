package io.understudy.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * The records of exchanges as they are logged, from now on: one after another, whichever thread they come from. Only of
 * requests that bear its id, so that an exchange of another test, which ends late, is not taken for one of this.
 */
final class Recorded extends Handler implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String id = "recorded-" + COUNT.incrementAndGet();
    private final Logger logger = Logger.getLogger("io.understudy.exchange");
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    Recorded() {
        logger.addHandler(this);
    }

    /** The header that a request bears. */
    String[] header() {
        return new String[] {"X-Request-Id", id};
    }

    /** The next one, once it is there. */
    String next() {
        try {
            String line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(line).as("a record").isNotNull();
            return line;
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while waiting for a record", e);
        }
    }

    /** How many there are that nobody has asked for. */
    int left() {
        return lines.size();
    }

    @Override
    public void publish(LogRecord logged) {
        if (logged.getMessage().startsWith("{\"requestId\":\"" + id + "\"")) {
            lines.add(logged.getMessage());
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
