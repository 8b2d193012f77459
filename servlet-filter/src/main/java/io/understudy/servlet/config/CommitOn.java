package io.understudy.servlet.config;

/** The commit point of a stream, {@code streaming.commitOn}: until then another provider can take over unseen. */
public enum CommitOn {
    /** The upstream's response headers. */
    HEADERS,
    /** The first event of whatever kind. */
    FIRST_EVENT,
    /** The first text, reasoning, tool call or refusal; the events before it are held back. */
    FIRST_CONTENT,
    /** The end: the whole answer is held back. */
    COMPLETE
}
