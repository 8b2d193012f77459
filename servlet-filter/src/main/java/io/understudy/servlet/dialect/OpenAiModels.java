package io.understudy.servlet.dialect;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;

/**
 * Models as OpenAI lists them. When they were made is not known here.
 *
 * @see <a href="https://platform.openai.com/docs/api-reference/models">OpenAI, Models</a>
 */
final class OpenAiModels {
    private OpenAiModels() {}

    static byte[] list(List<String> names) {
        return JsonFields.write(json -> {
            json.writeStartObject();
            json.writeStringField("object", "list");
            json.writeArrayFieldStart("data");
            for (String name : names) {
                model(json, name);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    static byte[] one(String name) {
        return JsonFields.write(json -> model(json, name));
    }

    private static void model(JsonGenerator json, String name) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", name);
        json.writeStringField("object", "model");
        json.writeNumberField("created", 0);
        json.writeStringField("owned_by", "understudy");
        json.writeEndObject();
    }
}
