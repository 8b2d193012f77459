package io.understudy.servlet.dialect;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * JSON looked at field by field, without a model of it: a few microseconds and little garbage for an event. Thread-safe.
 */
public final class JsonFields {
    /** Deeper than any request of an SDK, far less deep than a stack. */
    public static final int MAX_DEPTH = 1000;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    // Numbers and strings are passed on as they came, whatever their length: bodies have their own
                    // limit.
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private JsonFields() {}

    /** Is given the fields of an object, one after another. */
    @FunctionalInterface
    public interface Field {
        /** The parser stands on the first token of the value; what is left unread of it is skipped. */
        void value(String name, JsonParser json) throws IOException;
    }

    /** Writes into a generator. */
    @FunctionalInterface
    public interface Body {
        /** Writes one JSON value. */
        void write(JsonGenerator json) throws IOException;
    }

    /** A parser over a range of bytes. */
    public static JsonParser parser(byte[] bytes, int offset, int length) throws IOException {
        return FACTORY.createParser(bytes, offset, length);
    }

    /** Whether the bytes are one JSON value. */
    public static boolean isJson(byte[] bytes) {
        try (JsonParser json = parser(bytes, 0, bytes.length)) {
            if (json.nextToken() == null) {
                return false;
            }
            json.skipChildren();
            return json.nextToken() == null;
        } catch (IOException e) {
            return false;
        }
    }

    /** Walks through the object on whose start the parser stands, to its end. */
    public static void each(JsonParser json, Field field) throws IOException {
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            field.value(name, json);
            if (value.isStructStart() && json.currentToken() == value) {
                json.skipChildren();
            }
        }
    }

    /** The integer on which the parser stands; null if there is none, or none that fits. */
    static @Nullable Long integer(JsonParser json) throws IOException {
        return json.currentToken() == JsonToken.VALUE_NUMBER_INT && json.getNumberType() != NumberType.BIG_INTEGER
                ? (Long) json.getLongValue()
                : null;
    }

    /** Walks through the bytes, which should be one JSON object; false if they are not. */
    static boolean object(byte[] bytes, int offset, int length, Field field) {
        try (JsonParser json = parser(bytes, offset, length)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            each(json, field);
            return json.nextToken() == null;
        } catch (IOException e) {
            return false;
        }
    }

    /** Walks through the value on which the parser stands if it is an object; skips anything else. */
    static void eachIn(JsonParser json, Field field) throws IOException {
        if (json.currentToken() == JsonToken.START_OBJECT) {
            each(json, field);
        } else {
            json.skipChildren();
        }
    }

    /** Whether the value on which the parser stands holds anything at all: null, "", [] and {} do not. */
    static boolean isSomething(JsonParser json) throws IOException {
        return switch (json.currentToken()) {
            case VALUE_NULL -> false;
            case VALUE_STRING -> json.getTextLength() > 0;
            case START_ARRAY, START_OBJECT -> isFilled(json);
            default -> true;
        };
    }

    private static boolean isFilled(JsonParser json) throws IOException {
        if (json.nextToken().isStructEnd()) {
            return false;
        }
        do {
            json.skipChildren();
        } while (!json.nextToken().isStructEnd());
        return true;
    }

    /** The text of a string, null for any other value. */
    static @Nullable String text(JsonParser json) throws IOException {
        return json.currentToken() == JsonToken.VALUE_STRING ? json.getText() : null;
    }

    /** The bytes of a JSON text. */
    public static byte[] write(Body body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
        try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
            body.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return bytes.toByteArray();
    }
}
