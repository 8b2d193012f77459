package io.understudy.example.demo;

/** One endpoint as a provider speaks it. */
interface WireFormat {
    /** The path below the provider's base URL. */
    String path();

    /**
     * Reads a request.
     *
     * @throws IllegalArgumentException when a real provider would answer 400; the message says why
     */
    Call read(byte[] body);

    /** The body of an answer. */
    String answer(Call call, Answer answer);

    /** How errors are written. */
    ErrorFormat errors();
}
