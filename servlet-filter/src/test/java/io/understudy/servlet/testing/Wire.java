package io.understudy.servlet.testing;

/** The wire texts of one API dialect: what a provider that speaks it would send, and what a caller would. */
public interface Wire {
    /** The wire texts of the dialect of this name, whose answers name this model. */
    static Wire of(String dialect, String model) {
        return switch (dialect) {
            case "chat" -> new ChatWire(model);
            case "messages" -> new MessagesWire(model);
            case "responses" -> new ResponsesWire(model);
            default -> throw new IllegalArgumentException(dialect);
        };
    }

    /** The endpoint below the base URL: {@code /chat/completions}. */
    String path();

    /** A caller's request for a plain answer. */
    String request(String model, String text);

    /** A caller's request for a stream. */
    String streamedRequest(String model, String text);

    /** A complete answer with a text. */
    String answer(String text);

    /** A complete answer that calls a tool. */
    String toolAnswer(String tool, String arguments);

    /** The stream of a text that comes in pieces. */
    Frames streamed(String... pieces);

    /** The stream of a tool call whose arguments come in pieces. */
    Frames streamedTool(String tool, String... argumentPieces);

    /** The body that goes with an error status. */
    String error(int status);

    /** An error as an event of a stream, with its blank line. */
    String errorEvent(String code, String message);
}
