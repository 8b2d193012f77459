package io.understudy.example.demo;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.List;

/** OpenAI's Chat Completions. */
final class ChatWire implements SpokenFormat {
    private final WireJson json = new WireJson();

    @Override
    public String path() {
        return "chat/completions";
    }

    @Override
    public ErrorFormat errors() {
        return new OpenAiErrors(json);
    }

    @Override
    public Call read(byte[] body) {
        return json.read(body, request -> {
            tellsUsage(request);
            return Call.of(request, request.getJsonArray("messages").toString());
        });
    }

    /** Whether a stream shall tell the usage. */
    private static boolean tellsUsage(JsonObject request) {
        JsonObject options = request.containsKey("stream_options")
                ? request.getJsonObject("stream_options")
                : JsonValue.EMPTY_JSON_OBJECT;
        return options.getBoolean("include_usage", false);
    }

    @Override
    public String answer(Call call, Answer answer) {
        JsonObjectBuilder message = json.object()
                .add("role", "assistant")
                .add("content", answer.text())
                .addNull("refusal");
        return head("chat.completion", call, answer)
                .add("choices", json.array().add(choice("message", message).add("finish_reason", "stop")))
                .add("usage", usage(call, answer))
                .build()
                .toString();
    }

    @Override
    public StreamScript stream(Call call, Answer answer) {
        JsonObjectBuilder role = json.object().add("role", "assistant").add("content", "");
        String opening = chunk(call, answer, choice("delta", role).addNull("finish_reason"));
        List<String> content = answer.tokens().stream()
                .map(token -> json.object().add("content", token))
                .map(delta -> chunk(call, answer, choice("delta", delta).addNull("finish_reason")))
                .toList();
        String last = chunk(call, answer, choice("delta", json.object()).add("finish_reason", "stop"));
        return new StreamScript(opening, content, last + usageChunk(call, answer) + "data: [DONE]\n\n");
    }

    @Override
    public String errorEvent(Turn turn, Call call) {
        return "data: " + errors().error(turn, call) + "\n\n";
    }

    private String chunk(Call call, Answer answer, JsonObjectBuilder choice) {
        JsonObjectBuilder chunk = head("chat.completion.chunk", call, answer)
                .add("choices", json.array().add(choice));
        return event(tellsUsage(call.request()) ? chunk.addNull("usage") : chunk);
    }

    private String usageChunk(Call call, Answer answer) {
        return tellsUsage(call.request())
                ? event(head("chat.completion.chunk", call, answer)
                        .add("choices", json.array())
                        .add("usage", usage(call, answer)))
                : "";
    }

    private JsonObjectBuilder head(String object, Call call, Answer answer) {
        return json.object()
                .add("id", "chatcmpl-" + answer.id())
                .add("object", object)
                .add("created", answer.created())
                .add("model", call.model())
                .add("system_fingerprint", answer.fingerprint());
    }

    private JsonObjectBuilder choice(String name, JsonObjectBuilder content) {
        return json.object().add("index", 0).add(name, content).addNull("logprobs");
    }

    private JsonObjectBuilder usage(Call call, Answer answer) {
        int completionTokens = answer.tokens().size();
        return json.object()
                .add("prompt_tokens", call.promptTokens())
                .add("completion_tokens", completionTokens)
                .add("total_tokens", call.promptTokens() + completionTokens);
    }

    private static String event(JsonObjectBuilder data) {
        return "data: " + data.build() + "\n\n";
    }
}
