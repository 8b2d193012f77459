package io.understudy.servlet.config;

/** What becomes of a stream that fails after its commit point, {@code streaming.onBreak}. */
public enum OnBreak {
    /** It ends with the dialect's error event. */
    ERROR,
    /** The next candidate continues it inside the same response. */
    RESCUE
}
