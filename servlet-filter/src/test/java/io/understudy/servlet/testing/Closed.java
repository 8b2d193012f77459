package io.understudy.servlet.testing;

/**
 * The end of a connection at a {@link ScriptedUpstream}.
 *
 * @param how what ended it
 * @param atNanos when it was seen, on the clock of {@link System#nanoTime()}
 */
public record Closed(How how, long atNanos) {
    /** What ended a connection. */
    public enum How {
        /** The peer closed it in order. */
        BY_PEER,
        /** The peer broke it off: a reset, or an end in the middle of a request. */
        BROKEN_BY_PEER,
        /** The script, or the end of the test. */
        BY_SCRIPT
    }
}
