package io.understudy.servlet.upstream;

/**
 * A call that failed before the head of an answer.
 *
 * @param requestWritten whether the request had begun to leave: then the provider may have worked, and may bill
 */
public record UpstreamFailure(Throwable cause, boolean requestWritten) {}
