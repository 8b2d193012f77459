package io.understudy.servlet.config;

import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.json.JsonValue.ValueType;
import jakarta.json.spi.JsonProvider;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The pass over the JSON that JSON-B leaves out: compares a file with the wire records and reports keys that they don't
 * have and values of another type. What it returns binds without failure: placeholders replaced, a wrong value left
 * out, or null where it was an entry.
 */
final class WireShape {
    private final JsonProvider json;
    private final WireScalars scalars;
    private final Problems problems;

    WireShape(JsonProvider json, Placeholders placeholders, Problems problems) {
        this.json = json;
        this.scalars = new WireScalars(json, placeholders, problems);
        this.problems = problems;
    }

    /** What of {@code object} at {@code path} fits the wire record {@code type}. */
    JsonObject fit(KeyPath path, JsonObject object, Class<?> type) {
        Map<String, Type> known = components(type);
        JsonObjectBuilder fitting = json.createObjectBuilder();
        object.forEach((key, value) -> {
            Type expected = known.get(key);
            if (expected == null) {
                problems.unknownKey(path.key(key), key, known.keySet());
            } else {
                fit(path.key(key), value, expected).ifPresent(fit -> fitting.add(key, fit));
            }
        });
        return fitting.build();
    }

    private Optional<JsonValue> fit(KeyPath path, JsonValue value, Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            return generic.getRawType() == List.class
                    ? list(path, value, arguments[0])
                    : map(path, value, arguments[1]);
        }
        if (type == ConfigFile.Client.class && value.getValueType() == ValueType.STRING) {
            return fit(path, value, Secret.class)
                    .map(key -> json.createObjectBuilder().add("key", key).build());
        }
        if (type == ConfigFile.RetryBudget.class && value.getValueType() == ValueType.NULL) {
            return Optional.empty();
        }
        return type instanceof Class<?> wire && wire.isRecord()
                ? object(path, value, wire)
                : scalars.fit(path, value, type);
    }

    private Optional<JsonValue> object(KeyPath path, JsonValue value, Class<?> type) {
        return value instanceof JsonObject object
                ? Optional.of(fit(path, object, type))
                : scalars.misfit(path, value, "an object");
    }

    private Optional<JsonValue> map(KeyPath path, JsonValue value, Type element) {
        if (!(value instanceof JsonObject object)) {
            return scalars.misfit(path, value, "an object");
        }
        JsonObjectBuilder fitting = json.createObjectBuilder();
        object.forEach((key, entry) -> fitting.add(key, orNull(fit(path.key(key), entry, element))));
        return Optional.of(fitting.build());
    }

    private Optional<JsonValue> list(KeyPath path, JsonValue value, Type element) {
        if (!(value instanceof JsonArray array)) {
            return scalars.misfit(path, value, "a list");
        }
        JsonArrayBuilder fitting = json.createArrayBuilder();
        for (int i = 0; i < array.size(); i++) {
            fitting.add(orNull(fit(path.index(i), array.get(i), element)));
        }
        return Optional.of(fitting.build());
    }

    /** Entries stay in their place, so that the indices and names of the others keep their meaning. */
    private static JsonValue orNull(Optional<JsonValue> entry) {
        return entry.orElse(JsonValue.NULL);
    }

    private static Map<String, Type> components(Class<?> type) {
        Map<String, Type> components = new LinkedHashMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            components.put(component.getName(), component.getGenericType());
        }
        return components;
    }
}
