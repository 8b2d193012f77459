package io.understudy.servlet.corpus;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A request body as a caller sends it.
 *
 * @param name what is special about it
 * @param path the endpoint, below the prefix
 * @param json the body, with {@link #MODEL} in the place of the model
 */
public record Body(String name, String path, String json) {
    /** Stands for the top-level model, exactly once. */
    static final String MODEL = "«MODEL»";

    public Body {
        if (json.indexOf(MODEL) < 0 || json.indexOf(MODEL) != json.lastIndexOf(MODEL)) {
            throw new IllegalArgumentException(name + ": not one place for the model");
        }
    }

    /** The same, laid out in another manner. */
    Body in(Layout layout) {
        return new Body(name + ", " + layout.name().toLowerCase(Locale.ROOT), path, layout.of(json));
    }

    /** The bytes with a model, which is written as a JSON string with quotes. */
    public byte[] with(String model) {
        return json.replace(MODEL, model).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return path + " " + name;
    }
}
