package io.understudy.servlet.exchange;

import io.understudy.core.time.Ticker;
import java.time.Duration;

/**
 * A stop watch for the gateway's own time: it runs from the moment the request has been read to the moment the answer
 * begins to be written, and stands still during upstream calls and pauses. Used in the exchange's loop.
 */
final class Overhead {
    private final Ticker ticker;
    private long total;
    private long since;
    private boolean running;

    Overhead(Ticker ticker) {
        this.ticker = ticker;
    }

    void goOn() {
        if (!running) {
            running = true;
            since = ticker.nanos();
        }
    }

    void stop() {
        if (running) {
            running = false;
            total += ticker.nanos() - since;
        }
    }

    Duration total() {
        return Duration.ofNanos(total);
    }
}
