package io.understudy.example.demo;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReaderFactory;
import java.io.ByteArrayInputStream;
import java.util.Map;
import java.util.function.Function;

/**
 * JSON as wire formats read and write it. To be made in a thread of the container: other threads may have no context
 * class loader to look a JSON library up with.
 */
final class WireJson {
    private final JsonBuilderFactory builders = Json.createBuilderFactory(Map.of());
    private final JsonReaderFactory readers = Json.createReaderFactory(Map.of());

    /**
     * Reads a request.
     *
     * @param reading throws what JSON-P throws when something is missing or of another type
     * @throws IllegalArgumentException when it is not JSON, or the reading does not get on with it
     */
    Call read(byte[] body, Function<JsonObject, Call> reading) {
        try (var reader = readers.createReader(new ByteArrayInputStream(body))) {
            return reading.apply(reader.readObject());
        } catch (JsonException | ClassCastException | NullPointerException e) {
            throw new IllegalArgumentException("We could not parse the JSON body of your request.", e);
        }
    }

    JsonObjectBuilder object() {
        return builders.createObjectBuilder();
    }

    /** An object that says first what it is. */
    JsonObjectBuilder typed(String type) {
        return object().add("type", type);
    }

    JsonArrayBuilder array() {
        return builders.createArrayBuilder();
    }

    /** An event named after its type. */
    static String event(JsonObjectBuilder typed) {
        JsonObject data = typed.build();
        return "event: " + data.getString("type") + "\ndata: " + data + "\n\n";
    }
}
