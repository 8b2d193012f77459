package io.understudy.servlet.dialect;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Collects ids that stand, however deep in a value, under a name that says that they are some. */
final class StateIds {
    private final Set<String> names;
    private final Set<String> closed;
    private final Set<String> ids = new LinkedHashSet<>();

    /**
     * A collection that begins empty.
     *
     * @param names whose strings are ids
     * @param closed whose values are somebody else's business, such as the arguments of a tool
     */
    StateIds(Set<String> names, Set<String> closed) {
        this.names = names;
        this.closed = closed;
    }

    Set<String> ids() {
        return ids;
    }

    void add(@Nullable String id) {
        if (id != null && !id.isEmpty()) {
            ids.add(id);
        }
    }

    /** Looks through the value on which the parser stands. */
    void in(JsonParser json) throws IOException {
        if (json.currentToken() == JsonToken.START_OBJECT) {
            JsonFields.each(json, this::field);
        } else if (json.currentToken() == JsonToken.START_ARRAY) {
            while (json.nextToken() != JsonToken.END_ARRAY) {
                in(json);
            }
        }
    }

    /** Looks through one field of an object. */
    void field(String name, JsonParser json) throws IOException {
        if (names.contains(name)) {
            named(json);
        } else if (!closed.contains(name)) {
            in(json);
        }
    }

    /** A string or a list of them is ids; an object has fields of its own. */
    private void named(JsonParser json) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            add(JsonFields.text(json));
            in(json);
            return;
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            add(JsonFields.text(json));
            in(json);
        }
    }

    /** An id by itself, or an object that has one. */
    void idOf(JsonParser json) throws IOException {
        add(JsonFields.text(json));
        JsonFields.eachIn(json, (name, value) -> {
            if (name.equals("id")) {
                add(JsonFields.text(value));
            }
        });
    }
}
