package io.understudy.servlet.relay;

import io.understudy.servlet.dialect.StreamEvent;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.function.UnaryOperator;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/**
 * The events of an answer, read from the network only when the next one is asked for. Not thread-safe; the signal that
 * there is more to read comes from any thread.
 */
public final class EventSource {
    /** Where the source stands. */
    public enum State {
        /** There is an event to {@link EventSource#take}. */
        EVENT,
        /** Nothing yet: {@link EventSource#demand} tells when to look again. */
        NOTHING,
        /** The body ended as HTTP wants it, whatever that says about the answer. */
        END,
        /** The body broke off: {@link EventSource#failure}. */
        BROKEN
    }

    private final Content.Source content;
    private final UnaryOperator<StreamEvent> form;
    private final SseParser parser = new SseParser();
    private final Queue<StreamEvent> parsed = new ArrayDeque<>();
    private volatile boolean waiting;
    private long bytes;
    private boolean atEnd;
    private @Nullable Throwable failure;

    /** The events in a body, as they came. */
    public EventSource(Content.Source content) {
        this(content, UnaryOperator.identity());
    }

    /** The events in a body, in the form that they are to have for the caller. */
    public EventSource(Content.Source content, UnaryOperator<StreamEvent> form) {
        this.content = content;
        this.form = form;
    }

    /** Looks for the next event, reading as much as is there and no more than it takes. */
    public State advance() {
        while (parsed.isEmpty()) {
            if (failure != null) {
                return State.BROKEN;
            }
            if (atEnd) {
                return State.END;
            }
            Content.Chunk chunk = content.read();
            if (chunk == null) {
                return State.NOTHING;
            }
            read(chunk);
        }
        return State.EVENT;
    }

    /** The event that {@link State#EVENT} has announced. */
    public StreamEvent take() {
        return parsed.remove();
    }

    /** Asks to be told, once and in any thread, when it is worth looking again. */
    public void demand(Runnable readable) {
        waiting = true;
        content.demand(() -> {
            waiting = false;
            readable.run();
        });
    }

    /** Whether a demand has not been answered yet: until then nobody else can read. */
    public boolean isWaiting() {
        return waiting;
    }

    /** Gives back what nobody will take; to be called, by the reader, before it gives the body up. */
    public void giveBack() {
        if (!waiting && !atEnd) {
            Unread.giveBack(content);
        }
    }

    /** Why it is {@link State#BROKEN}. */
    public Throwable failure() {
        return Objects.requireNonNull(failure);
    }

    /** What the end left unfinished, with the blank line that it lacks, or null; not the same twice. */
    public @Nullable StreamEvent unfinished() {
        StreamEvent rest = parser.unfinished();
        return rest == null ? null : form.apply(rest.ended());
    }

    /** How many bytes have come so far, those of unfinished events among them. */
    public long bytes() {
        return bytes;
    }

    private void read(Content.Chunk chunk) {
        if (Content.Chunk.isFailure(chunk)) {
            failure = chunk.getFailure();
            return;
        }
        bytes += chunk.remaining();
        try {
            parser.parse(chunk.getByteBuffer(), event -> parsed.add(form.apply(event)));
            atEnd = chunk.isLast();
        } catch (SseParser.TooLongException e) {
            failure = e;
        } finally {
            chunk.release();
        }
    }
}
