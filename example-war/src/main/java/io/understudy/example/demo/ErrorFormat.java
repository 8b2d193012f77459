package io.understudy.example.demo;

/** The errors of one vendor. */
interface ErrorFormat {
    /** The status of a provider with more to do than it can. */
    int overloaded();

    /** The body of an error answer. */
    String error(Turn turn, Call call);

    /** The body of a 400. */
    String badRequest(String message);
}
