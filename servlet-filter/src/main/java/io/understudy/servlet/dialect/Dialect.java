package io.understudy.servlet.dialect;

import java.util.List;

/**
 * One provider API as the gateway needs to know it: how its answers and streams are read, and how errors are written in
 * it. Nothing outside this package knows a dialect by name. Thread-safe; a {@link StreamReader} serves one stream.
 */
public interface Dialect {
    /** Its name in the configuration: {@code chat}, {@code messages}, … */
    String name();

    /** What can be asked in it. */
    List<Endpoint> endpoints();

    /** Whether an answer of another model is worthless to a caller who has had answers of this one. */
    default boolean isBoundToModel() {
        return false;
    }

    /** The names of the fields that lead to the model in an event; in a whole answer it is at the top. */
    default List<String> modelInEvent() {
        return List.of("model");
    }

    /** Looks through a request for what its provider must have kept. */
    default StateFinder stateInRequest() {
        return StateFinder.none();
    }

    /** Looks through an answer for what its provider keeps. */
    default StateFinder stateInAnswer() {
        return StateFinder.none();
    }

    /** Looks through a complete, non-streamed answer. */
    default AnswerReading read(Operation operation, byte[] body) {
        return operation == Operation.STATE
                ? AnswerReading.ofKept(body, stateInAnswer())
                : AnswerReading.of(body, stateInAnswer());
    }

    /** A reader for the events of one stream. */
    StreamReader newStream();

    /** The body of an error answer. */
    byte[] errorBody(ApiError error, String requestId);

    /** The models there are, as this dialect lists them. */
    byte[] modelList(List<String> names);

    /** One model, as this dialect shows it. */
    byte[] model(String name);

    /** The header in which this dialect's SDKs look for a request id. */
    String requestIdHeader();
}
