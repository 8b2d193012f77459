package io.understudy.example.demo;

/** One dialect as a provider speaks it. */
interface WireFormat {
    /** The path below the provider's base URL. */
    String path();

    /**
     * Reads a request.
     *
     * @throws IllegalArgumentException when a real provider would answer 400; the message says why
     */
    Call read(byte[] body);

    String answer(Call call, Answer answer);

    StreamScript stream(Call call, Answer answer);

    /** The body of an error answer. */
    String error(Turn turn, Call call);

    /** An error that comes as the only event of a stream. */
    String errorEvent(Turn turn, Call call);

    /** The body of a 400. */
    String badRequest(String message);
}
