package io.understudy.servlet.dialect;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;

/**
 * Models as Anthropic lists them, all on one page. When they were made is not known here, for which its API has the
 * beginning of the epoch.
 *
 * @see <a href="https://docs.anthropic.com/en/api/models-list">Anthropic, List Models</a>
 */
final class AnthropicModels {
    private AnthropicModels() {}

    static byte[] list(List<String> names) {
        return JsonFields.write(json -> {
            json.writeStartObject();
            json.writeArrayFieldStart("data");
            for (String name : names) {
                model(json, name);
            }
            json.writeEndArray();
            json.writeBooleanField("has_more", false);
            json.writeStringField("first_id", names.isEmpty() ? null : names.get(0));
            json.writeStringField("last_id", names.isEmpty() ? null : names.get(names.size() - 1));
            json.writeEndObject();
        });
    }

    static byte[] one(String name) {
        return JsonFields.write(json -> model(json, name));
    }

    private static void model(JsonGenerator json, String name) throws IOException {
        json.writeStartObject();
        json.writeStringField("type", "model");
        json.writeStringField("id", name);
        json.writeStringField("display_name", name);
        json.writeStringField("created_at", "1970-01-01T00:00:00Z");
        json.writeStringField("lifecycle", "active");
        json.writeEndObject();
    }
}
