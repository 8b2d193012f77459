package io.understudy.servlet.config;

import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import jakarta.json.stream.JsonParser;
import jakarta.json.stream.JsonParser.Event;
import jakarta.json.stream.JsonParsingException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Set;

/**
 * Reads JSON text into a tree. A key given twice is a problem (JSON-P would silently take the last), nesting and the
 * length of numbers are bounded.
 */
final class JsonText {
    private static final int MAX_DEPTH = 50;
    private static final int MAX_NUMBER_LENGTH = 50;

    private final JsonProvider json;
    private final String text;
    private final JsonParser parser;
    private final Problems problems;

    private JsonText(JsonProvider json, String text, Problems problems) {
        this.json = json;
        this.text = text;
        this.parser = json.createParser(new StringReader(text));
        this.problems = problems;
    }

    /**
     * The object that {@code text} is.
     *
     * @throws BrokenJson if it is not one JSON object
     */
    static JsonObject parse(JsonProvider json, String text, Problems problems) throws BrokenJson {
        JsonText reading = new JsonText(json, text, problems);
        try {
            return reading.document();
        } catch (JsonParsingException broken) {
            throw BrokenJson.at(broken.getLocation().getStreamOffset(), text);
        } catch (JsonException broken) {
            throw reading.broken("valid JSON");
        }
    }

    private JsonObject document() throws BrokenJson {
        if (text.isBlank() || parser.next() != Event.START_OBJECT) {
            throw broken("an object: { … }");
        }
        JsonObject document = object(KeyPath.ROOT, 1);
        if (parser.hasNext()) {
            throw broken("nothing after the object");
        }
        return document;
    }

    private JsonObject object(KeyPath path, int depth) throws BrokenJson {
        JsonObjectBuilder object = json.createObjectBuilder();
        Set<String> keys = new HashSet<>();
        while (parser.next() == Event.KEY_NAME) {
            String key = parser.getString();
            JsonValue value = value(path.key(key), parser.next(), depth);
            if (keys.add(key)) {
                object.add(key, value);
            } else {
                problems.add(path.key(key), "given twice", "each key once");
            }
        }
        return object.build();
    }

    private JsonArray array(KeyPath path, int depth) throws BrokenJson {
        JsonArrayBuilder array = json.createArrayBuilder();
        int index = 0;
        for (Event event = parser.next(); event != Event.END_ARRAY; event = parser.next()) {
            array.add(value(path.index(index++), event, depth));
        }
        return array.build();
    }

    private JsonValue value(KeyPath path, Event event, int depth) throws BrokenJson {
        return switch (event) {
            case START_OBJECT -> object(path, below(depth));
            case START_ARRAY -> array(path, below(depth));
            case VALUE_STRING -> json.createValue(parser.getString());
            case VALUE_NUMBER -> number(parser.getString());
            case VALUE_TRUE -> JsonValue.TRUE;
            case VALUE_FALSE -> JsonValue.FALSE;
            case VALUE_NULL -> JsonValue.NULL;
            case KEY_NAME, END_ARRAY, END_OBJECT -> throw broken("a value");
        };
    }

    private int below(int depth) throws BrokenJson {
        if (depth == MAX_DEPTH) {
            throw broken("at most " + MAX_DEPTH + " levels of nesting");
        }
        return depth + 1;
    }

    private JsonNumber number(String digits) throws BrokenJson {
        try {
            if (digits.length() <= MAX_NUMBER_LENGTH) {
                return json.createValue(new BigDecimal(digits));
            }
        } catch (NumberFormatException absurd) {
            // An exponent of more than nine digits; said below.
        }
        throw broken("a number of a sane length");
    }

    private BrokenJson broken(String expected) {
        return BrokenJson.because(parser.getLocation().getStreamOffset(), text, expected);
    }
}
