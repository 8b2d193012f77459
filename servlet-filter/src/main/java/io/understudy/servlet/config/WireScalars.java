package io.understudy.servlet.config;

import jakarta.json.JsonNumber;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.JsonValue.ValueType;
import jakarta.json.spi.JsonProvider;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The values of a file that have no parts: checked for their type, noted as they may be shown in messages, and made
 * ready for binding. A string is shown as it stands in the file; of a secret only the placeholder that it is, if it is
 * one; a text where an object or a list belongs never is.
 */
final class WireScalars {
    private static final String NOT_SHOWN = "(not shown)";
    // A whole string that only says where the secret is.
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_.-]*(:-)?|file:[^${}]*)}");
    private static final Map<ValueType, String> NAMES = Map.of(
            ValueType.OBJECT, "an object",
            ValueType.ARRAY, "a list",
            ValueType.STRING, "a string",
            ValueType.NUMBER, "a number",
            ValueType.TRUE, "true",
            ValueType.FALSE, "false",
            ValueType.NULL, "null");

    private final JsonProvider json;
    private final Placeholders placeholders;
    private final Problems problems;

    WireScalars(JsonProvider json, Placeholders placeholders, Problems problems) {
        this.json = json;
        this.placeholders = placeholders;
        this.problems = problems;
    }

    /** What {@code value} is as a component of the given {@code type} of a wire record. */
    Optional<JsonValue> fit(KeyPath path, JsonValue value, Type type) {
        problems.show(path, type == Secret.class ? reference(value) : shown(value));
        if (type == Boolean.class) {
            return bool(path, value);
        }
        if (type == Integer.class) {
            return whole(path, value);
        }
        if (type == Double.class) {
            return number(path, value);
        }
        return type == JsonValue.class && value instanceof JsonNumber ? Optional.of(value) : string(path, value, type);
    }

    /** Reports a value that is not even of the {@code expected} kind. */
    Optional<JsonValue> misfit(KeyPath path, JsonValue value, String expected) {
        problems.add(path, name(value), expected);
        return Optional.empty();
    }

    private Optional<JsonValue> bool(KeyPath path, JsonValue value) {
        return switch (value.getValueType()) {
            case TRUE, FALSE -> Optional.of(value);
            default -> wrong(path, "true or false");
        };
    }

    private Optional<JsonValue> whole(KeyPath path, JsonValue value) {
        try {
            return value instanceof JsonNumber number
                    ? Optional.of(json.createValue(number.intValueExact()))
                    : wrong(path, "a whole number");
        } catch (ArithmeticException fractionOrHuge) {
            return wrong(path, "a whole number of at most " + Integer.MAX_VALUE);
        }
    }

    private Optional<JsonValue> number(KeyPath path, JsonValue value) {
        return value instanceof JsonNumber number && Double.isFinite(number.doubleValue())
                ? Optional.of(json.createValue(number.doubleValue()))
                : wrong(path, "a finite number");
    }

    private Optional<JsonValue> string(KeyPath path, JsonValue value, Type type) {
        if (value instanceof JsonString string) {
            return placeholders.expand(path, string.getString()).map(json::createValue);
        }
        if (type == Secret.class) {
            return misfit(path, value, "a string");
        }
        return wrong(path, type == JsonValue.class ? "a string or a number" : "a string");
    }

    private Optional<JsonValue> wrong(KeyPath path, String expected) {
        problems.add(path, expected);
        return Optional.empty();
    }

    private static String reference(JsonValue value) {
        return value instanceof JsonString string
                        && REFERENCE.matcher(string.getString()).matches()
                ? shown(value)
                : NOT_SHOWN;
    }

    private static String shown(JsonValue value) {
        return switch (value.getValueType()) {
            case STRING -> '"' + Printable.line(((JsonString) value).getString()) + '"';
            case NUMBER -> value.toString();
            default -> name(value);
        };
    }

    private static String name(JsonValue value) {
        return NAMES.getOrDefault(value.getValueType(), NOT_SHOWN);
    }
}
