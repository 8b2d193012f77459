package io.understudy.servlet.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** {@code docs/understudy.schema.json}, which editors use. */
final class PublishedSchema {
    private static final JsonSchema SCHEMA =
            JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(text());

    private PublishedSchema() {}

    /** What the schema says against a configuration. */
    static List<String> problems(String json) {
        return SCHEMA.validate(json, InputFormat.JSON).stream()
                .map(ValidationMessage::getMessage)
                .toList();
    }

    /** The schema as JSON. */
    static JsonNode node() {
        return SCHEMA.getSchemaNode();
    }

    private static String text() {
        try {
            return Files.readString(Path.of("..", "docs", "understudy.schema.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
