package io.understudy.servlet.relay;

import io.understudy.core.failure.ErrorFacts;
import io.understudy.servlet.config.CommitOn;
import io.understudy.servlet.dialect.Signal;
import io.understudy.servlet.dialect.StreamEvent;
import io.understudy.servlet.dialect.StreamReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Holds the opening events of an attempt until its commit point, so that a failure before it leaves no trace. Bounded:
 * beyond 256 KiB, or where the gateway has no room for more, it commits. Not thread-safe.
 */
public final class CommitGate {
    /** How many bytes are held back at most before the first content. */
    static final int MAX_HELD = 256 * 1024;

    /** What an event did to the gate. */
    public enum Verdict {
        /** It is held back with the others. */
        HELD,
        /** The commit point is reached: the events held go out, this one among them. */
        COMMITTED,
        /** It is an error: {@link CommitGate#error}. */
        FAILED
    }

    private final CommitOn commitOn;
    private final long maxHeld;
    private final LongPredicate room;
    private final StreamReader reader;
    private final List<byte[]> held = new ArrayList<>();
    private long bytes;
    private boolean degraded;
    private boolean endSeen;
    private @Nullable ErrorFacts error;

    /**
     * A gate in front of one attempt's events.
     *
     * @param maxAnswer how many bytes are held back at most where the commit point is the complete answer
     * @param room takes so many bytes of the gateway's room, if they are left
     */
    public CommitGate(CommitOn commitOn, long maxAnswer, LongPredicate room, StreamReader reader) {
        this.commitOn = commitOn;
        this.maxHeld = commitOn == CommitOn.COMPLETE ? maxAnswer : MAX_HELD;
        this.room = room;
        this.reader = reader;
    }

    /** Whether the head of the answer is the commit point, so that nothing is held back at all. */
    public boolean isOpenFromTheStart() {
        return commitOn == CommitOn.HEADERS;
    }

    /** Takes the next event. */
    public Verdict accept(StreamEvent event) {
        if (!event.hasData()) {
            return hold(event, false);
        }
        Signal signal = reader.read(event);
        return switch (signal.kind()) {
            case ERROR -> fail(signal);
            case MALFORMED -> drop();
            case OPENING -> hold(event, commitOn == CommitOn.FIRST_EVENT);
            case CONTENT -> hold(event, commitOn != CommitOn.COMPLETE || reader.isWhole());
            case END -> end(event);
        };
    }

    /** The error, after {@link Verdict#FAILED}. */
    public ErrorFacts error() {
        return Objects.requireNonNull(error);
    }

    /** Whether the end marker is among the events held. */
    public boolean isEndSeen() {
        return endSeen;
    }

    /** Whether an event had to be dropped. */
    public boolean isDegraded() {
        return degraded;
    }

    /** The events held, in order; the gate keeps nothing. */
    public List<byte[]> release() {
        List<byte[]> released = List.copyOf(held);
        held.clear();
        return released;
    }

    private Verdict end(StreamEvent event) {
        endSeen = true;
        return hold(event.last(), true);
    }

    private Verdict fail(Signal signal) {
        error = signal.error();
        return Verdict.FAILED;
    }

    private Verdict drop() {
        degraded = true;
        return Verdict.HELD;
    }

    private Verdict hold(StreamEvent event, boolean commits) {
        held.add(event.raw());
        bytes += event.raw().length;
        return commits || bytes > maxHeld || !room.test(event.raw().length) ? Verdict.COMMITTED : Verdict.HELD;
    }
}
