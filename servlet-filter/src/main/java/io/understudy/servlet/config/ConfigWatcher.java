package io.understudy.servlet.config;

import io.understudy.core.time.Scheduler;
import java.time.Duration;
import java.util.Map;

/**
 * Reads the configuration again when it has changed, and says so. It looks every half second, from outside, at the files
 * that the latest reading opened, those of secrets among them; a change is read when it has looked the same twice, since
 * it may be half written. A configuration that lies in no file never changes. What was read is told only if it differs
 * from what was read before, so that a wrong one is reported once.
 */
public final class ConfigWatcher implements AutoCloseable {
    /** Hears of changes; in the scheduler's threads, one after another. */
    public interface Listener {
        /** There is another valid configuration. */
        void changed(Settings settings);

        /** There is another one, and it cannot be used. */
        void refused(ConfigException problems);
    }

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final ConfigReader reader;
    private ReadFiles files;
    private Map<String, FileTrace> seen = Map.of();
    private Map<String, FileTrace> settled = Map.of();
    private Map<String, String> contents = Map.of();
    private Runnable next = () -> {};
    private boolean closed;

    /** A watcher of what this reader reads; it does nothing by itself before {@link #start}. */
    public ConfigWatcher(ConfigReader reader) {
        this.reader = reader;
        this.files = reader.newFiles();
    }

    /**
     * The settings there are now, of which changes are told from now on.
     *
     * @throws ConfigException if there are none
     */
    public synchronized Settings read() {
        files = reader.newFiles();
        try {
            return reader.reading(files).read();
        } finally {
            settled = files.traces();
            seen = settled;
            contents = files.contents();
        }
    }

    /** Looks from now on, unless there is no file to look at. */
    public synchronized void start(Scheduler scheduler, Listener listener) {
        if (!settled.isEmpty() && !closed) {
            next = scheduler.schedule(() -> look(scheduler, listener), BETWEEN_LOOKS);
        }
    }

    /** Looks no more; nothing is told when this has returned. */
    @Override
    public synchronized void close() {
        closed = true;
        next.run();
    }

    private synchronized void look(Scheduler scheduler, Listener listener) {
        if (closed) {
            return;
        }
        try {
            Map<String, FileTrace> now = files.tracesNow();
            boolean changed = !now.equals(settled) && now.equals(seen);
            seen = now;
            if (changed) {
                readAgain(listener);
            }
        } finally {
            start(scheduler, listener);
        }
    }

    private void readAgain(Listener listener) {
        Map<String, String> before = contents;
        Runnable outcome = outcome(listener);
        if (!contents.equals(before)) {
            outcome.run();
        }
    }

    private Runnable outcome(Listener listener) {
        try {
            Settings settings = read();
            return () -> listener.changed(settings);
        } catch (ConfigException problems) {
            return () -> listener.refused(problems);
        }
    }
}
