package io.understudy.servlet.dialect;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.understudy.core.failure.ErrorFacts;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One event of a response's stream while it is read; its fields come in any order. */
final class ResponsesEvent {
    private final String name;
    private final StateIds kept;
    private String type;
    private long number;
    private boolean filledDelta;
    private boolean comesInDeltas;
    private @Nullable ErrorFacts error;
    private @Nullable Span response;
    private @Nullable String id;
    private @Nullable String model;
    private Usage usage = Usage.UNKNOWN;

    /**
     * An event that nothing has been read of.
     *
     * @param name stands for its type if it has none
     * @param lastNumber stands for its number if it has none
     * @param kept is given the ids in it
     */
    ResponsesEvent(String name, long lastNumber, StateIds kept) {
        this.name = name;
        this.kept = kept;
        this.type = name;
        this.number = lastNumber;
    }

    void field(String key, JsonParser json) throws IOException {
        switch (key) {
            case "type" -> type = Objects.requireNonNullElse(JsonFields.text(json), type);
            case "sequence_number" -> number = Objects.requireNonNullElse(JsonFields.integer(json), number);
            case "response" -> response(json);
            case "item" -> JsonFields.eachIn(json, this::item);
            case "delta" -> filledDelta = JsonFields.isSomething(json);
            case "error" -> error = ErrorBody.errorValue(json);
            default -> {}
        }
    }

    private void response(JsonParser json) throws IOException {
        int start = Span.startOf(json);
        if (json.currentToken() == JsonToken.START_OBJECT) {
            JsonFields.each(json, this::ofResponse);
            response = new Span(start, Span.endOf(json));
        }
    }

    private void ofResponse(String key, JsonParser json) throws IOException {
        switch (key) {
            case "id" -> {
                id = JsonFields.text(json);
                kept.add(id);
            }
            case "conversation" -> kept.idOf(json);
            case "model" -> model = JsonFields.text(json);
            case "usage" -> usage = Usage.read(json);
            case "error" -> error = ErrorBody.errorValue(json);
            default -> {}
        }
    }

    private void item(String key, JsonParser json) throws IOException {
        if (key.equals("type")) {
            String item = JsonFields.text(json);
            comesInDeltas = "message".equals(item) || "reasoning".equals(item);
        } else {
            kept.field(key, json);
        }
    }

    boolean isError() {
        return name.equals("error") || type.equals("error") || type.equals("response.failed") || error != null;
    }

    boolean isEnd() {
        return type.equals("response.completed") || type.equals("response.incomplete");
    }

    Signal signal() {
        return switch (type) {
            case "response.created", "response.queued", "response.in_progress", "keepalive", "ping" -> Signal.OPENING;
            case "response.output_item.added" -> comesInDeltas ? Signal.OPENING : Signal.CONTENT;
            case "response.completed", "response.incomplete" -> Signal.END;
            default -> {
                boolean empty = type.endsWith(".added") || (type.endsWith(".delta") && !filledDelta);
                yield empty ? Signal.OPENING : Signal.CONTENT;
            }
        };
    }

    /** What went wrong, null if the event as a whole says so. */
    @Nullable
    ErrorFacts error() {
        return error == null && type.equals("response.failed") ? ErrorBody.unnamed(type) : error;
    }

    /** Its place in the stream. */
    long number() {
        return number;
    }

    /** Where the event's data holds the response object, null if it holds none. */
    @Nullable
    Span response() {
        return response;
    }

    /** The response's id. */
    @Nullable
    String id() {
        return id;
    }

    /** The response's model. */
    @Nullable
    String model() {
        return model;
    }

    Usage usage() {
        return usage;
    }
}
