package io.understudy.example.demo;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Anthropic's Messages. */
final class MessagesWire implements SpokenFormat {
    private final WireJson json = new WireJson();
    private final AnthropicErrors errors = new AnthropicErrors(json);

    @Override
    public String path() {
        return "messages";
    }

    @Override
    public ErrorFormat errors() {
        return errors;
    }

    @Override
    public Call read(byte[] body) {
        return json.read(body, request -> {
            Objects.requireNonNull(request.getJsonArray("messages"));
            request.getInt("max_tokens");
            return Call.of(request, prompt(request));
        });
    }

    /** What the model is given to read. */
    static String prompt(JsonObject request) {
        return Stream.of("system", "tools", "messages")
                .map(request::get)
                .filter(Objects::nonNull)
                .map(Object::toString)
                .collect(Collectors.joining());
    }

    @Override
    public String answer(Call call, Answer answer) {
        JsonArrayBuilder content = json.array().add(text(answer.text()));
        return message(call, answer, content)
                .add("stop_reason", "end_turn")
                .add("usage", usage(call, answer.tokens().size()))
                .build()
                .toString();
    }

    @Override
    public StreamScript stream(Call call, Answer answer) {
        JsonObjectBuilder message =
                message(call, answer, json.array()).addNull("stop_reason").add("usage", usage(call, 1));
        String opening = event(json.typed("message_start").add("message", message))
                + event(inBlock("content_block_start").add("content_block", text("")))
                + event(json.typed("ping"));
        List<String> content = answer.tokens().stream()
                .map(token -> json.typed("text_delta").add("text", token))
                .map(delta -> event(inBlock("content_block_delta").add("delta", delta)))
                .toList();
        String closing = event(inBlock("content_block_stop")) + event(stop(answer)) + event(json.typed("message_stop"));
        return new StreamScript(opening, content, closing);
    }

    @Override
    public String errorEvent(Turn turn, Call call) {
        return event(errors.whole(turn));
    }

    private JsonObjectBuilder message(Call call, Answer answer, JsonArrayBuilder content) {
        return json.object()
                .add("id", "msg_" + answer.id())
                .add("type", "message")
                .add("role", "assistant")
                .add("model", call.model())
                .add("content", content)
                .addNull("stop_sequence");
    }

    private JsonObjectBuilder text(String text) {
        return json.typed("text").add("text", text);
    }

    private JsonObjectBuilder inBlock(String type) {
        return json.typed(type).add("index", 0);
    }

    private JsonObjectBuilder stop(Answer answer) {
        return json.typed("message_delta")
                .add("delta", json.object().add("stop_reason", "end_turn").addNull("stop_sequence"))
                .add("usage", json.object().add("output_tokens", answer.tokens().size()));
    }

    private JsonObjectBuilder usage(Call call, int outputTokens) {
        return json.object()
                .add("input_tokens", call.promptTokens())
                .add("cache_creation_input_tokens", 0)
                .add("cache_read_input_tokens", 0)
                .add("output_tokens", outputTokens)
                .add("service_tier", "standard");
    }

    private static String event(JsonObjectBuilder typed) {
        return WireJson.event(typed);
    }
}
