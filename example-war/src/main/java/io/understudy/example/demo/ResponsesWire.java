package io.understudy.example.demo;

import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Objects;

/** OpenAI's Responses. What it answers is not kept. */
final class ResponsesWire implements SpokenFormat {
    private final WireJson json = new WireJson();
    private final OpenAiErrors errors = new OpenAiErrors(json);

    @Override
    public String path() {
        return "responses";
    }

    @Override
    public ErrorFormat errors() {
        return errors;
    }

    @Override
    public Call read(byte[] body) {
        return json.read(body, request -> {
            JsonValue input = Objects.requireNonNull(request.get("input"));
            return Call.of(request, request.getString("instructions", "") + input);
        });
    }

    @Override
    public String answer(Call call, Answer answer) {
        return completed(call, answer).build().toString();
    }

    @Override
    public StreamScript stream(Call call, Answer answer) {
        Numbered events = new Numbered();
        String opening = events.next("response.created", begun(call, answer))
                + events.next("response.in_progress", begun(call, answer))
                + events.next("response.output_item.added", item(message("in_progress", answer, json.array())))
                + events.next("response.content_part.added", inPart(answer).add("part", part("")));
        List<String> content = answer.tokens().stream()
                .map(token -> inPart(answer).add("delta", token).add("logprobs", json.array()))
                .map(delta -> events.next("response.output_text.delta", delta))
                .toList();
        JsonObjectBuilder text = inPart(answer).add("text", answer.text()).add("logprobs", json.array());
        String closing = events.next("response.output_text.done", text)
                + events.next("response.content_part.done", inPart(answer).add("part", part(answer.text())))
                + events.next("response.output_item.done", item(said(answer)))
                + events.next("response.completed", json.object().add("response", completed(call, answer)));
        return new StreamScript(opening, content, closing);
    }

    @Override
    public String errorEvent(Turn turn, Call call) {
        return new Numbered().next("error", json.object().add("error", errors.details(turn, call)));
    }

    private JsonObjectBuilder begun(Call call, Answer answer) {
        JsonObjectBuilder response = response("in_progress", call, answer)
                .add("output", json.array())
                .addNull("usage");
        return json.object().add("response", response);
    }

    private JsonObjectBuilder completed(Call call, Answer answer) {
        return response("completed", call, answer)
                .add("output", json.array().add(said(answer)))
                .add("usage", usage(call, answer));
    }

    private JsonObjectBuilder response(String status, Call call, Answer answer) {
        return json.object()
                .add("id", "resp_" + answer.id())
                .add("object", "response")
                .add("created_at", answer.created())
                .add("status", status)
                .add("background", false)
                .addNull("error")
                .addNull("incomplete_details")
                .addNull("instructions")
                .add("metadata", json.object())
                .add("model", call.model())
                .add("parallel_tool_calls", true)
                .addNull("previous_response_id")
                .add("store", false)
                .add("temperature", 1)
                .add("text", json.object().add("format", json.typed("text")))
                .add("tool_choice", "auto")
                .add("tools", json.array())
                .add("top_p", 1)
                .add("truncation", "disabled");
    }

    private JsonObjectBuilder said(Answer answer) {
        return message("completed", answer, json.array().add(part(answer.text())));
    }

    private JsonObjectBuilder message(String status, Answer answer, JsonArrayBuilder content) {
        return json.object()
                .add("id", "msg_" + answer.id())
                .add("type", "message")
                .add("status", status)
                .add("role", "assistant")
                .add("content", content);
    }

    private JsonObjectBuilder part(String text) {
        return json.typed("output_text")
                .add("annotations", json.array())
                .add("logprobs", json.array())
                .add("text", text);
    }

    private JsonObjectBuilder item(JsonObjectBuilder item) {
        return json.object().add("output_index", 0).add("item", item);
    }

    private JsonObjectBuilder inPart(Answer answer) {
        return json.object()
                .add("item_id", "msg_" + answer.id())
                .add("output_index", 0)
                .add("content_index", 0);
    }

    private JsonObjectBuilder usage(Call call, Answer answer) {
        int outputTokens = answer.tokens().size();
        return json.object()
                .add("input_tokens", call.promptTokens())
                .add(
                        "input_tokens_details",
                        json.object().add("cached_tokens", 0).add("cache_write_tokens", 0))
                .add("output_tokens", outputTokens)
                .add("output_tokens_details", json.object().add("reasoning_tokens", 0))
                .add("total_tokens", call.promptTokens() + outputTokens);
    }

    /** Events, counted from 0. */
    private final class Numbered {
        private int number;

        String next(String type, JsonObjectBuilder members) {
            JsonObjectBuilder event = json.typed(type).add("sequence_number", number++);
            return WireJson.event(event.addAll(members));
        }
    }
}
