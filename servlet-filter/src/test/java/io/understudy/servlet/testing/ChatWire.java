package io.understudy.servlet.testing;

import static io.understudy.servlet.testing.JsonText.quoted;

import java.util.List;
import java.util.stream.Stream;

/**
 * OpenAI Chat Completions.
 *
 * @param model the model that answers say they come from
 */
public record ChatWire(String model) implements Wire {
    private static final String ID = "chatcmpl-CdZbW3hJc0Yq1mVn8sRkTgLx2aUoE";
    private static final String USAGE =
            """
            {"prompt_tokens":19,"completion_tokens":10,"total_tokens":29,\
            "prompt_tokens_details":{"cached_tokens":0,"audio_tokens":0},\
            "completion_tokens_details":{"reasoning_tokens":0,"audio_tokens":0,\
            "accepted_prediction_tokens":0,"rejected_prediction_tokens":0}}""";

    @Override
    public String path() {
        return "/chat/completions";
    }

    @Override
    public String request(String model, String text) {
        return """
                {"model":%s,"messages":[{"role":"user","content":%s}]}"""
                .formatted(quoted(model), quoted(text));
    }

    @Override
    public String streamedRequest(String model, String text) {
        return """
                {"model":%s,"messages":[{"role":"user","content":%s}],"stream":true,\
                "stream_options":{"include_usage":true}}"""
                .formatted(quoted(model), quoted(text));
    }

    @Override
    public String answer(String text) {
        return complete("\"content\":%s".formatted(quoted(text)), "stop");
    }

    @Override
    public String toolAnswer(String tool, String arguments) {
        String call =
                """
                "content":null,"tool_calls":[{"id":"call_Zk3Tq","type":"function",\
                "function":{"name":%s,"arguments":%s}}]""";
        return complete(call.formatted(quoted(tool), quoted(arguments)), "tool_calls");
    }

    @Override
    public Frames streamed(String... pieces) {
        return frames(Stream.of(pieces).map(piece -> "\"content\":" + quoted(piece)), "stop");
    }

    @Override
    public Frames streamedTool(String tool, String... argumentPieces) {
        String call =
                """
                "tool_calls":[{"index":0,"id":"call_Zk3Tq","type":"function",\
                "function":{"name":%s,"arguments":""}}]"""
                        .formatted(quoted(tool));
        String more = """
                "tool_calls":[{"index":0,"function":{"arguments":%s}}]""";
        Stream<String> arguments = Stream.of(argumentPieces).map(piece -> more.formatted(quoted(piece)));
        return frames(Stream.concat(Stream.of(call), arguments), "tool_calls");
    }

    @Override
    public String error(int status) {
        return switch (status) {
            case 400 -> error("Invalid 'temperature': must be at most 2.", "invalid_request_error", "invalid_value");
            case 401 ->
                error("Incorrect API key provided: sk-provi****cret.", "invalid_request_error", "invalid_api_key");
            case 404 ->
                error(
                        "The model does not exist or you do not have access to it.",
                        "invalid_request_error",
                        "model_not_found");
            case 422 -> error("messages.0.role: unprocessable.", "invalid_request_error", "unprocessable_entity");
            case 429 -> error("Rate limit reached for requests per min.", "requests", "rate_limit_exceeded");
            case 503, 529 ->
                error("The server is currently overloaded.", "service_unavailable_error", "server_is_overloaded");
            default -> error("The server had an error.", "server_error", "server_error");
        };
    }

    @Override
    public String errorEvent(String code, String message) {
        return "data: " + error(message, code, code) + "\n\n";
    }

    private String complete(String content, String finishReason) {
        return """
                {"id":"%s","object":"chat.completion","created":1763600000,"model":%s,\
                "choices":[{"index":0,"message":{"role":"assistant",%s,"refusal":null,"annotations":[]},\
                "logprobs":null,"finish_reason":"%s"}],"usage":%s,\
                "service_tier":"default","system_fingerprint":"fp_560af6e559"}"""
                .formatted(ID, quoted(model), content, finishReason, USAGE);
    }

    private Frames frames(Stream<String> deltas, String finishReason) {
        return new Frames(
                List.of(choice("\"role\":\"assistant\",\"content\":\"\",\"refusal\":null", "null")),
                deltas.map(delta -> choice(delta, "null")).toList(),
                List.of(choice("", quoted(finishReason)), chunk("[]", USAGE), "data: [DONE]\n\n"));
    }

    private String choice(String delta, String finishReason) {
        String choices = """
                [{"index":0,"delta":{%s},"logprobs":null,"finish_reason":%s}]""";
        return chunk(choices.formatted(delta, finishReason), "null");
    }

    private String chunk(String choices, String usage) {
        return """
                data: {"id":"%s","object":"chat.completion.chunk","created":1763600000,"model":%s,\
                "service_tier":"default","system_fingerprint":"fp_560af6e559","choices":%s,"usage":%s}

                """
                .formatted(ID, quoted(model), choices, usage);
    }

    private static String error(String message, String type, String code) {
        return """
                {"error":{"message":%s,"type":%s,"param":null,"code":%s}}"""
                .formatted(quoted(message), quoted(type), quoted(code));
    }
}
