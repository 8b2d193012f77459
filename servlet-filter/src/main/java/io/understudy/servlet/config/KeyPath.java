package io.understudy.servlet.config;

/** A place in the configuration file, written {@code models.gpt-4o[1].weight}; the file itself is the empty path. */
record KeyPath(String text) {
    static final KeyPath ROOT = new KeyPath("");

    KeyPath key(String key) {
        String shown = Printable.line(key);
        return new KeyPath(text.isEmpty() ? shown : text + "." + shown);
    }

    KeyPath index(int index) {
        return new KeyPath(text + "[" + index + "]");
    }

    @Override
    public String toString() {
        return text.isEmpty() ? "(the file)" : text;
    }
}
