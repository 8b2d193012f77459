package io.understudy.example.demo;

import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;

/** OpenAI's Chat Completions. */
final class ChatWire implements WireFormat {
    /** Looked up once, in a thread of the container: other threads may have no context class loader to look with. */
    private final JsonBuilderFactory json = Json.createBuilderFactory(Map.of());

    private final JsonReaderFactory readers = Json.createReaderFactory(Map.of());

    @Override
    public String path() {
        return "chat/completions";
    }

    @Override
    public Call read(byte[] body) {
        try (var reader = readers.createReader(new ByteArrayInputStream(body))) {
            return read(reader.readObject());
        } catch (JsonException | ClassCastException | NullPointerException e) {
            throw new IllegalArgumentException("We could not parse the JSON body of your request.", e);
        }
    }

    private static Call read(JsonObject request) {
        JsonObject options = request.containsKey("stream_options")
                ? request.getJsonObject("stream_options")
                : JsonValue.EMPTY_JSON_OBJECT;
        return new Call(
                request.getString("model"),
                request.getBoolean("stream", false),
                options.getBoolean("include_usage", false),
                request.getJsonArray("messages").toString().length() / 4);
    }

    @Override
    public String answer(Call call, Answer answer) {
        JsonObjectBuilder message = json.createObjectBuilder()
                .add("role", "assistant")
                .add("content", answer.text())
                .addNull("refusal");
        return head("chat.completion", call, answer)
                .add(
                        "choices",
                        json.createArrayBuilder().add(choice("message", message).add("finish_reason", "stop")))
                .add("usage", usage(call, answer))
                .build()
                .toString();
    }

    @Override
    public StreamScript stream(Call call, Answer answer) {
        JsonObjectBuilder role =
                json.createObjectBuilder().add("role", "assistant").add("content", "");
        String opening = chunk(call, answer, choice("delta", role).addNull("finish_reason"));
        List<String> content = answer.tokens().stream()
                .map(token -> json.createObjectBuilder().add("content", token))
                .map(delta -> chunk(call, answer, choice("delta", delta).addNull("finish_reason")))
                .toList();
        String last =
                chunk(call, answer, choice("delta", json.createObjectBuilder()).add("finish_reason", "stop"));
        return new StreamScript(opening, content, last + usageChunk(call, answer) + "data: [DONE]\n\n");
    }

    private String chunk(Call call, Answer answer, JsonObjectBuilder choice) {
        JsonObjectBuilder chunk = head("chat.completion.chunk", call, answer)
                .add("choices", json.createArrayBuilder().add(choice));
        return event(call.usage() ? chunk.addNull("usage") : chunk);
    }

    private String usageChunk(Call call, Answer answer) {
        return call.usage()
                ? event(head("chat.completion.chunk", call, answer)
                        .add("choices", json.createArrayBuilder())
                        .add("usage", usage(call, answer)))
                : "";
    }

    private JsonObjectBuilder head(String object, Call call, Answer answer) {
        return json.createObjectBuilder()
                .add("id", "chatcmpl-" + answer.id())
                .add("object", object)
                .add("created", answer.created())
                .add("model", call.model())
                .add("system_fingerprint", answer.fingerprint());
    }

    private JsonObjectBuilder choice(String name, JsonObjectBuilder content) {
        return json.createObjectBuilder().add("index", 0).add(name, content).addNull("logprobs");
    }

    private JsonObjectBuilder usage(Call call, Answer answer) {
        int completionTokens = answer.tokens().size();
        return json.createObjectBuilder()
                .add("prompt_tokens", call.promptTokens())
                .add("completion_tokens", completionTokens)
                .add("total_tokens", call.promptTokens() + completionTokens);
    }

    @Override
    public String error(Turn turn, Call call) {
        return switch (turn) {
            case RATE_LIMITED ->
                error(
                        "Rate limit reached for " + call.model() + " on requests per min (RPM): Limit 3, Used 3.",
                        "requests",
                        "rate_limit_exceeded");
            case OVERLOADED ->
                error(
                        "The engine is currently overloaded, please try again later.",
                        "service_unavailable_error",
                        "server_is_overloaded");
            default -> error("The server had an error while processing your request.", "server_error", "server_error");
        };
    }

    @Override
    public String errorEvent(Turn turn, Call call) {
        return "data: " + error(turn, call) + "\n\n";
    }

    @Override
    public String badRequest(String message) {
        return error(message, "invalid_request_error", "invalid_json");
    }

    private String error(String message, String type, String code) {
        JsonObjectBuilder error = json.createObjectBuilder()
                .add("message", message)
                .add("type", type)
                .addNull("param")
                .add("code", code);
        return json.createObjectBuilder().add("error", error).build().toString();
    }

    private static String event(JsonObjectBuilder data) {
        return "data: " + data.build() + "\n\n";
    }
}
