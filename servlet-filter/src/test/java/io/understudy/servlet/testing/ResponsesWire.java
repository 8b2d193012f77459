package io.understudy.servlet.testing;

import static io.understudy.servlet.testing.JsonText.quoted;

import java.util.ArrayList;
import java.util.List;

/**
 * OpenAI Responses.
 *
 * @param model the model that answers say they come from
 */
public record ResponsesWire(String model) implements Wire {
    private static final String ID = "resp_68af4030592c81938ec0a5fbab4a3e9f05438e46b5f69a3b";
    private static final String MESSAGE_ID = "msg_68af4030baa48193b0b43b4c2a176a1a05438e46b5f69a3b";
    private static final String CALL_ID = "fc_68af40337e58819392e935fb404414d005438e46b5f69a3b";
    private static final String IN_MESSAGE =
            "\"item_id\":\"%s\",\"output_index\":0,\"content_index\":0,".formatted(MESSAGE_ID);
    private static final String IN_CALL = "\"item_id\":\"%s\",\"output_index\":0,".formatted(CALL_ID);

    @Override
    public String path() {
        return "/responses";
    }

    @Override
    public String request(String model, String text) {
        return "{\"model\":%s,\"input\":%s}".formatted(quoted(model), quoted(text));
    }

    @Override
    public String streamedRequest(String model, String text) {
        return "{\"model\":%s,\"input\":%s,\"stream\":true}".formatted(quoted(model), quoted(text));
    }

    @Override
    public String answer(String text) {
        return completed(message("completed", part(text)));
    }

    @Override
    public String toolAnswer(String tool, String arguments) {
        return completed(call("completed", tool, arguments));
    }

    @Override
    public Frames streamed(String... pieces) {
        String text = String.join("", pieces);
        Events events = opening();
        events.add("response.output_item.added", item(message("in_progress", "")));
        events.add("response.content_part.added", IN_MESSAGE + "\"part\":" + part(""));
        List<String> opening = events.taken();
        for (String piece : pieces) {
            events.add(
                    "response.output_text.delta", IN_MESSAGE + "\"delta\":%s,\"logprobs\":[]".formatted(quoted(piece)));
        }
        List<String> content = events.taken();
        events.add("response.output_text.done", IN_MESSAGE + "\"text\":%s,\"logprobs\":[]".formatted(quoted(text)));
        events.add("response.content_part.done", IN_MESSAGE + "\"part\":" + part(text));
        events.add("response.output_item.done", item(message("completed", part(text))));
        events.add("response.completed", "\"response\":" + answer(text));
        return new Frames(opening, content, events.taken());
    }

    @Override
    public Frames streamedTool(String tool, String... argumentPieces) {
        String arguments = String.join("", argumentPieces);
        Events events = opening();
        List<String> opening = events.taken();
        events.add("response.output_item.added", item(call("in_progress", tool, "")));
        for (String piece : argumentPieces) {
            events.add("response.function_call_arguments.delta", IN_CALL + "\"delta\":" + quoted(piece));
        }
        List<String> content = events.taken();
        events.add(
                "response.function_call_arguments.done",
                IN_CALL + "\"name\":%s,\"arguments\":%s".formatted(quoted(tool), quoted(arguments)));
        events.add("response.output_item.done", item(call("completed", tool, arguments)));
        events.add("response.completed", "\"response\":" + toolAnswer(tool, arguments));
        return new Frames(opening, content, events.taken());
    }

    @Override
    public String error(int status) {
        return new ChatWire(model).error(status);
    }

    @Override
    public String errorEvent(String code, String message) {
        return """
                event: error
                data: {"type":"error","sequence_number":0,"error":{"type":%1$s,"code":%1$s,"message":%2$s,"param":null}}

                """
                .formatted(quoted(code), quoted(message));
    }

    private Events opening() {
        Events events = new Events();
        events.add("response.created", "\"response\":" + unfinished());
        events.add("response.in_progress", "\"response\":" + unfinished());
        return events;
    }

    private String unfinished() {
        return response("in_progress", "", "null");
    }

    private String completed(String output) {
        return response(
                "completed",
                output,
                """
                {"input_tokens":36,"input_tokens_details":{"cached_tokens":0,"cache_write_tokens":0},"output_tokens":87,\
                "output_tokens_details":{"reasoning_tokens":0},"total_tokens":123}""");
    }

    private String response(String status, String output, String usage) {
        return """
                {"id":"%s","object":"response","created_at":1763600000,"status":"%s","background":false,\
                "error":null,"incomplete_details":null,"instructions":null,"max_output_tokens":null,"model":%s,\
                "output":[%s],"parallel_tool_calls":true,"previous_response_id":null,\
                "reasoning":{"effort":null,"summary":null},"store":true,"temperature":1.0,\
                "text":{"format":{"type":"text"}},"tool_choice":"auto","tools":[],"top_p":1.0,\
                "truncation":"disabled","usage":%s,"user":null,"metadata":{}}"""
                .formatted(ID, status, quoted(model), output, usage);
    }

    private static String message(String status, String part) {
        return """
                {"id":"%s","type":"message","status":"%s","content":[%s],"role":"assistant"}"""
                .formatted(MESSAGE_ID, status, part);
    }

    private static String part(String text) {
        return """
                {"type":"output_text","annotations":[],"logprobs":[],"text":%s}"""
                .formatted(quoted(text));
    }

    private static String call(String status, String tool, String arguments) {
        return """
                {"id":"%s","type":"function_call","status":"%s","arguments":%s,"call_id":"call_Zk3Tq","name":%s}"""
                .formatted(CALL_ID, status, quoted(arguments), quoted(tool));
    }

    private static String item(String item) {
        return "\"output_index\":0,\"item\":" + item;
    }

    /** Events with increasing sequence numbers. */
    private static final class Events {
        private final List<String> untaken = new ArrayList<>();
        private int number;

        void add(String type, String members) {
            String event =
                    """
                    event: %1$s
                    data: {"type":"%1$s","sequence_number":%2$d,%3$s}

                    """;
            untaken.add(event.formatted(type, number++, members));
        }

        /** The events since the last call. */
        List<String> taken() {
            List<String> events = List.copyOf(untaken);
            untaken.clear();
            return events;
        }
    }
}
