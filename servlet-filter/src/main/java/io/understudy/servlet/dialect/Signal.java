package io.understudy.servlet.dialect;

import io.understudy.core.failure.ErrorFacts;
import org.jspecify.annotations.Nullable;

/**
 * What one event of a stream means to the relay.
 *
 * @param error what went wrong, for {@link Kind#ERROR}
 */
public record Signal(Kind kind, @Nullable ErrorFacts error) {
    /** The event opens the answer, or says nothing that a reader would see: it may be held back and taken back. */
    public static final Signal OPENING = new Signal(Kind.OPENING, null);
    /** The event carries something of the answer. */
    public static final Signal CONTENT = new Signal(Kind.CONTENT, null);
    /** The event is the marker after which nothing comes. */
    public static final Signal END = new Signal(Kind.END, null);
    /** The data is not what the dialect sends. */
    public static final Signal MALFORMED = new Signal(Kind.MALFORMED, null);

    /** The kinds of events. */
    public enum Kind {
        /** Nothing to see yet. */
        OPENING,
        /** Text, reasoning, a tool call, a refusal, or the reason why there is none. */
        CONTENT,
        /** The end marker. */
        END,
        /** The provider's own error. */
        ERROR,
        /** Not JSON. */
        MALFORMED
    }

    /** An error event. */
    public static Signal error(ErrorFacts facts) {
        return new Signal(Kind.ERROR, facts);
    }
}
