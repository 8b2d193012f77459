package io.understudy.servlet.dialect;

/** What a request asks for, as far as it decides how it is served. */
public enum Operation {
    /** A model answers, as a whole or as a stream. */
    GENERATE,
    /** A model answers, always as a whole. */
    COMPUTE,
    /** Something is done with what a provider keeps: there is no model and no body. */
    STATE,
    /** The gateway itself says which models there are. */
    MODELS
}
