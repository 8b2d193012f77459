package io.understudy.servlet.testing;

import static io.understudy.servlet.testing.JsonText.quoted;

import java.util.List;
import java.util.stream.Stream;

/**
 * Anthropic Messages.
 *
 * @param model the model that answers say they come from
 */
public record MessagesWire(String model) implements Wire {
    private static final String ID = "msg_01XFDUDYJgAACzvnptvVoYEL";
    private static final String TOOL_ID = "toolu_01T1x1fJ34qAmk2tNTrN7Up6";

    @Override
    public String path() {
        return "/messages";
    }

    @Override
    public String request(String model, String text) {
        return """
                {"model":%s,"max_tokens":1024,"messages":[{"role":"user","content":%s}]}"""
                .formatted(quoted(model), quoted(text));
    }

    @Override
    public String streamedRequest(String model, String text) {
        return """
                {"model":%s,"max_tokens":1024,"messages":[{"role":"user","content":%s}],"stream":true}"""
                .formatted(quoted(model), quoted(text));
    }

    @Override
    public String answer(String text) {
        return message("{\"type\":\"text\",\"text\":%s}".formatted(quoted(text)), "\"end_turn\"", 12);
    }

    @Override
    public String toolAnswer(String tool, String arguments) {
        return message(toolUse(tool, arguments), "\"tool_use\"", 33);
    }

    @Override
    public Frames streamed(String... pieces) {
        Stream<String> deltas =
                Stream.of(pieces).map(piece -> "{\"type\":\"text_delta\",\"text\":%s}".formatted(quoted(piece)));
        return new Frames(
                List.of(start(), blockStart("{\"type\":\"text\",\"text\":\"\"}"), event("ping", "")),
                deltas.map(MessagesWire::blockDelta).toList(),
                ending("end_turn"));
    }

    @Override
    public Frames streamedTool(String tool, String... argumentPieces) {
        Stream<String> deltas = Stream.of(argumentPieces)
                .map(piece -> "{\"type\":\"input_json_delta\",\"partial_json\":%s}".formatted(quoted(piece)));
        return new Frames(
                List.of(start(), event("ping", "")),
                Stream.concat(Stream.of(blockStart(toolUse(tool, "{}"))), deltas.map(MessagesWire::blockDelta))
                        .toList(),
                ending("tool_use"));
    }

    @Override
    public String error(int status) {
        return switch (status) {
            case 400, 422 -> error("invalid_request_error", "max_tokens: Field required");
            case 401 -> error("authentication_error", "invalid x-api-key");
            case 404 -> error("not_found_error", "model: " + model);
            case 429 -> error("rate_limit_error", "This request would exceed your organization's rate limit.");
            case 529 -> error("overloaded_error", "Overloaded");
            default -> error("api_error", "Internal server error");
        };
    }

    @Override
    public String errorEvent(String code, String message) {
        return "event: error\ndata: " + error(code, message) + "\n\n";
    }

    private String message(String content, String stopReason, int outputTokens) {
        return """
                {"id":"%s","type":"message","role":"assistant","model":%s,"content":[%s],\
                "stop_reason":%s,"stop_sequence":null,"usage":{"input_tokens":25,"cache_creation_input_tokens":0,\
                "cache_read_input_tokens":0,"output_tokens":%d,"service_tier":"standard"}}"""
                .formatted(ID, quoted(model), content, stopReason, outputTokens);
    }

    private String start() {
        return event("message_start", ",\"message\":" + message("", "null", 1));
    }

    private static List<String> ending(String stopReason) {
        String delta =
                """
                ,"delta":{"stop_reason":"%s","stop_sequence":null},"usage":{"output_tokens":15}"""
                        .formatted(stopReason);
        return List.of(
                event("content_block_stop", ",\"index\":0"), event("message_delta", delta), event("message_stop", ""));
    }

    private static String blockStart(String block) {
        return event("content_block_start", ",\"index\":0,\"content_block\":" + block);
    }

    private static String blockDelta(String delta) {
        return event("content_block_delta", ",\"index\":0,\"delta\":" + delta);
    }

    private static String toolUse(String tool, String input) {
        return """
                {"type":"tool_use","id":"%s","name":%s,"input":%s}"""
                .formatted(TOOL_ID, quoted(tool), input);
    }

    private static String event(String type, String members) {
        return """
                event: %s
                data: {"type":"%s"%s}

                """
                .formatted(type, type, members);
    }

    private static String error(String type, String message) {
        return """
                {"type":"error","error":{"type":%s,"message":%s},"request_id":"req_011CVFxKDJ2fJ9BtRoNbXFkV"}"""
                .formatted(quoted(type), quoted(message));
    }
}
