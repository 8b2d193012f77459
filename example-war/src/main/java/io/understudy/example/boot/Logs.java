package io.understudy.example.boot;

import java.io.IOException;
import java.io.InputStream;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/** Logging to standard error, one line per message, until the process ends. */
final class Logs {
    private static volatile boolean kept;

    private Logs() {}

    /** Starts it, unless the user has configured logging. */
    static void start() throws IOException {
        if (System.getProperty("java.util.logging.config.file") != null) {
            return;
        }
        System.setProperty("java.util.logging.manager", Lasting.class.getName());
        try (InputStream settings = Logs.class.getResourceAsStream("logging.properties")) {
            LogManager.getLogManager().readConfiguration(settings);
        }
        kept = hasHandlers();
    }

    /** Makes them, too: left to the first message, they would be too late if that comes during the shutdown. */
    private static boolean hasHandlers() {
        return Logger.getLogger("").getHandlers().length > 0;
    }

    /**
     * A manager that keeps its handlers. The JDK's own takes them away as soon as the shutdown begins, and with them the
     * reports of the exchanges that still run then.
     */
    public static final class Lasting extends LogManager {
        /** Made by the JDK. */
        public Lasting() {}

        @Override
        public void reset() {
            if (!kept) {
                super.reset();
            }
        }
    }
}
