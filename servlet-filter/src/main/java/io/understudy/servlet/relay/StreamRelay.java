package io.understudy.servlet.relay;

import io.understudy.core.failure.ErrorFacts;
import io.understudy.servlet.dialect.Signal;
import io.understudy.servlet.dialect.StreamEvent;
import io.understudy.servlet.dialect.StreamReader;
import io.understudy.servlet.loop.SerialLoop;
import io.understudy.servlet.loop.Timers;
import io.understudy.servlet.loop.Timers.Timer;
import java.time.Duration;
import java.util.Objects;

/**
 * Copies a committed stream to the caller, event by event and at the caller's pace, and knows how it ended. It can't
 * start another attempt: what it holds of the failover decision ends with the stream. Runs in the exchange's loop.
 */
public final class StreamRelay {
    /** How long the formal end of an answer that is whole is waited for. */
    private static final Duration CLOSING_GRACE = Duration.ofSeconds(1);

    /** Hears, once, how the stream ended; all that is to be passed on of it has been queued by then. */
    public interface Ending {
        /** With everything that makes an answer whole. */
        void whole();

        /** In the middle: the connection broke. */
        void lost(Throwable cause);

        /** In the middle, although the connection ended as it should. */
        void truncated();

        /** In the middle: nothing came for too long. */
        void silent(Duration silence);

        /** With the provider's own error event. */
        void error(ErrorFacts facts);
    }

    private final EventSource events;
    private final StreamReader reader;
    private final CallerOutput output;
    private final SerialLoop loop;
    private final Timers timers;
    private final Heartbeat heartbeat;
    private final Duration idle;
    private final Ending ending;
    private Runnable taken = () -> {};
    private boolean demanding;
    private boolean ended;
    private boolean degraded;
    private long bytesHeard;

    /** A relay of the events after the commit point. */
    public StreamRelay(
            EventSource events,
            StreamReader reader,
            CallerOutput output,
            SerialLoop loop,
            Timers timers,
            Heartbeat heartbeat,
            Duration idle,
            Ending ending) {
        this.events = events;
        this.reader = reader;
        this.output = output;
        this.loop = loop;
        this.timers = timers;
        this.heartbeat = heartbeat;
        this.idle = idle;
        this.ending = ending;
    }

    /**
     * Begins with what the gate held back.
     *
     * @param whenTaken is told when all of that has been taken for the caller, harmless if more than once
     */
    public void start(CommitGate gate, Runnable whenTaken) {
        taken = whenTaken;
        degraded = gate.isDegraded();
        output.onDrained(this::pump);
        gate.release().forEach(output::write);
        if (gate.isEndSeen()) {
            end(ending::whole);
        } else {
            heartbeat.postpone();
            pump();
        }
    }

    /** Stops it where it is; nobody hears of an ending. */
    public void stop() {
        ended = true;
    }

    /** Whether an event had to be dropped. */
    public boolean isDegraded() {
        return degraded;
    }

    /** Reads and writes as far as both sides allow. */
    private void pump() {
        if (output.isIdle()) {
            taken.run();
        }
        while (!ended && !demanding && output.isDrained()) {
            switch (events.advance()) {
                case EVENT -> pass(events.take());
                case NOTHING -> await();
                case END -> upstreamEnded();
                case BROKEN -> brokeOff(() -> ending.lost(events.failure()));
            }
        }
        if (!ended && !output.isDrained()) {
            // What the caller does not take, the provider is not to blame for, and what it has sent is yet to be read.
            stopWaiting();
        }
    }

    private void pass(StreamEvent event) {
        heartbeat.postpone();
        if (!event.hasData()) {
            output.write(event.raw());
            return;
        }
        Signal signal = reader.read(event);
        switch (signal.kind()) {
            case OPENING, CONTENT -> output.write(event.raw());
            case MALFORMED -> degraded = true;
            case ERROR -> end(() -> ending.error(Objects.requireNonNull(signal.error())));
            case END -> {
                output.write(event.last().raw());
                end(ending::whole);
            }
        }
    }

    private void await() {
        output.flush();
        demanding = true;
        keepTime();
        events.demand(loop.posting(() -> {
            demanding = false;
            pump();
        }));
    }

    /** The time of silence runs while the provider is waited for, and begins anew whenever bytes have come. */
    private void keepTime() {
        Timer timer = reader.isWhole() ? Timer.CLOSING : Timer.IDLE;
        if (timers.runs(timer) && events.bytes() == bytesHeard) {
            return;
        }
        bytesHeard = events.bytes();
        stopWaiting();
        if (reader.isWhole()) {
            timers.start(Timer.CLOSING, CLOSING_GRACE, this::close);
        } else {
            timers.start(Timer.IDLE, idle, () -> end(() -> ending.silent(idle)));
        }
    }

    private void stopWaiting() {
        timers.stop(Timer.IDLE);
        timers.stop(Timer.CLOSING);
    }

    /**
     * The last event may lack its blank line. It counts if it says why there is no answer, or makes the answer whole;
     * otherwise it is a partial one, and dropped.
     */
    private void upstreamEnded() {
        StreamEvent rest = events.unfinished();
        if (rest != null && rest.hasData()) {
            Signal signal = reader.read(rest);
            if (signal.kind() == Signal.Kind.ERROR) {
                end(() -> ending.error(Objects.requireNonNull(signal.error())));
                return;
            }
            if (signal.kind() != Signal.Kind.MALFORMED && reader.isWhole()) {
                output.write(rest.raw());
            }
        }
        brokeOff(ending::truncated);
    }

    private void brokeOff(Runnable told) {
        if (reader.isWhole()) {
            close();
        } else {
            end(told);
        }
    }

    private void close() {
        output.write(reader.closing());
        end(ending::whole);
    }

    private void end(Runnable told) {
        if (!ended) {
            ended = true;
            stopWaiting();
            told.run();
        }
    }
}
