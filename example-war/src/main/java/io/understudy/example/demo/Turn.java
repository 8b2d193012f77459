package io.understudy.example.demo;

/** What a simulated provider does with a call. */
enum Turn {
    /** It answers. */
    ANSWER,
    /** 429 with a {@code Retry-After} that is too long to wait for. */
    RATE_LIMITED,
    /** 503. */
    OVERLOADED,
    /** 200 with an error instead of an answer, as several real ones do. */
    ERROR_IN_ANSWER,
    /** 200, then the end before anything of the answer came. */
    BREAK_BEFORE_CONTENT,
    /** 200, then the end in the middle of the answer. */
    BREAK_AFTER_CONTENT
}
