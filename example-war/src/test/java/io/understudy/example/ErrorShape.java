package io.understudy.example;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.net.http.HttpResponse;

/**
 * An error in the shape that callers of the chat dialect know.
 *
 * @param message for people
 * @param type what sort of error
 * @param code for programs; empty where it is null
 */
record ErrorShape(String message, String type, String code) {
    /** Reads an answer that must be such an error and nothing else. */
    static ErrorShape of(HttpResponse<String> answer) {
        assertThat(answer.headers().firstValue("content-type").orElse("none")).startsWith("application/json");
        return of(answer.body());
    }

    /** Reads a body that must be such an error and nothing else. */
    static ErrorShape of(String body) {
        JsonObject error = onlyMember(body);
        assertThat(error.keySet()).containsExactlyInAnyOrder("message", "type", "param", "code");
        assertThat(error.getString("message")).isNotBlank().doesNotContain("Exception", "io.understudy", "java.");
        return new ErrorShape(
                error.getString("message"),
                error.getString("type"),
                error.isNull("code") ? "" : error.getString("code"));
    }

    private static JsonObject onlyMember(String body) {
        try (JsonReader reader = Json.createReader(new StringReader(body))) {
            JsonObject json = reader.readObject();
            assertThat(json.keySet()).containsExactly("error");
            return json.getJsonObject("error");
        }
    }
}
