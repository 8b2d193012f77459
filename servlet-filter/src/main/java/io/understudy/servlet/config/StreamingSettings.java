package io.understudy.servlet.config;

import java.time.Duration;

/**
 * How streams are relayed, {@code streaming}.
 *
 * @param commitOn from when on the caller sees an attempt's stream (first content)
 * @param heartbeat silence after which the caller gets a comment (15 s)
 * @param onBreak what becomes of a stream that fails after that (error)
 * @param abortAfterError whether the connection is broken after the error event instead of ended cleanly (false)
 */
public record StreamingSettings(CommitOn commitOn, Duration heartbeat, OnBreak onBreak, boolean abortAfterError) {
    /** The documented defaults. */
    public static StreamingSettings defaults() {
        return new StreamingSettings(CommitOn.FIRST_CONTENT, Duration.ofSeconds(15), OnBreak.ERROR, false);
    }
}
