package io.understudy.servlet.dialect;

import org.jspecify.annotations.Nullable;

/** Follows one stream, event by event. Not thread-safe. */
public interface StreamReader {
    /** What an event with data means. */
    Signal read(StreamEvent event);

    /** Whether the answer is whole even if nothing more comes: what it takes differs from dialect to dialect. */
    boolean isWhole();

    /** What is missing to a whole answer that merely lacks its formal end; empty where nothing may be added. */
    byte[] closing();

    /**
     * The events that end a stream which broke, so that every SDK raises an error. Where this reader has read the
     * provider's own error, they name its type and code.
     *
     * @param model what the caller calls the model, null if it asked for none
     */
    byte[] errorFrames(ApiError error, String requestId, @Nullable String model);

    /** What the events so far say that the provider keeps. */
    default StateReferences kept() {
        return StateReferences.NONE;
    }

    /** Tokens reported so far. */
    Usage usage();
}
