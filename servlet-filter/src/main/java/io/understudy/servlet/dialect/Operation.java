package io.understudy.servlet.dialect;

/** What a request asks for, as far as it decides how it is served. */
public enum Operation {
    /** A model answers, as a whole or as a stream. */
    GENERATE,
    /** A model answers, always as a whole. */
    COMPUTE;

    /** Whether {@code stream: true} means anything. */
    public boolean streams() {
        return this == GENERATE;
    }
}
