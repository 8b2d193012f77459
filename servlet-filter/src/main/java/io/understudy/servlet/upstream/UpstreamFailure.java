package io.understudy.servlet.upstream;

/**
 * A call that failed before the head of an answer.
 *
 * @param requestWritten whether the request had begun to leave: then the provider may have worked, and may bill
 * @param stale whether a connection that had been used before was lost before a byte of an answer: then the provider has
 *     most likely never read the request
 */
public record UpstreamFailure(Throwable cause, boolean requestWritten, boolean stale) {}
