package io.understudy.servlet.relay;

import io.understudy.servlet.loop.Timers;
import io.understudy.servlet.loop.Timers.Timer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A sign of life to a caller of a stream who has heard nothing for a while: an SSE comment, in every dialect, because a
 * {@code ping} event breaks OpenAI's clients. At most one is waiting to be written. Runs in the exchange's loop.
 */
public final class Heartbeat {
    private static final byte[] COMMENT = ": keep-alive\n\n".getBytes(StandardCharsets.US_ASCII);

    private final Timers timers;
    private final CallerOutput output;
    private final Duration interval;
    private final Runnable open;

    /**
     * A heartbeat that has not begun.
     *
     * @param open opens the answer, where the first beat comes before anything else
     */
    public Heartbeat(Timers timers, CallerOutput output, Duration interval, Runnable open) {
        this.timers = timers;
        this.output = output;
        this.interval = interval;
        this.open = open;
    }

    /** Begins to count, or begins anew: something has been written. */
    public void postpone() {
        timers.start(Timer.HEARTBEAT, interval, this::beat);
    }

    private void beat() {
        if (!output.isOpen()) {
            open.run();
        }
        if (output.isIdle()) {
            output.write(COMMENT);
            output.flush();
        }
        postpone();
    }
}
