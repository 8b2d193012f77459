package io.understudy.servlet.corpus;

import io.understudy.servlet.corpus.Framing.Event;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Streams of messages. */
public final class MessagesStreams {
    private static final String PATH = "/messages";
    private static final Event PING = event("ping", "");
    private static final Event START = event(
            "message_start",
            """
            ,"message":{"id":"msg_1","type":"message","role":"assistant","model":"claude-sonnet-4-5","content":[],\
            "stop_reason":null,"usage":{"input_tokens":25,"cache_read_input_tokens":0,"output_tokens":1}}""");
    private static final Event STOP = event("message_stop", "");

    private MessagesStreams() {}

    /** All of them. */
    public static List<Recorded> all() {
        return Stream.concat(
                        Arrays.stream(Framing.values()).map(MessagesStreams::plain),
                        Stream.of(
                                stream("thinking", thinking()),
                                stream("parallel tool calls", parallelTools()),
                                stream("server tools and citations", serverTools()),
                                stream("pings everywhere", pings()),
                                stream("a refusal", ended("refusal")),
                                stream("several message_delta", severalDeltas()),
                                stream("a container", container()),
                                stream("unknown events and fields", future())))
                .toList();
    }

    private static Recorded plain(Framing framing) {
        return Recorded.of(
                "plain",
                PATH,
                framing,
                message("end_turn", List.of(block(0, "text", text("Grüß "), text("Gott 🙂\\n")))));
    }

    private static List<Event> thinking() {
        Prose prose = new Prose(41);
        List<Event> thinking = block(
                0,
                "thinking",
                "{\"type\":\"thinking_delta\",\"thinking\":" + Json.string(prose.words(200)) + "}",
                "{\"type\":\"signature_delta\",\"signature\":\"" + prose.base64(2000) + "\"}");
        List<Event> redacted = List.of(
                event(
                        "content_block_start",
                        ",\"index\":1,\"content_block\":{\"type\":\"redacted_thinking\",\"data\":\"" + prose.base64(100)
                                + "\"}"),
                event("content_block_stop", ",\"index\":1"));
        return message("end_turn", List.of(thinking, redacted, block(2, "text", text("So."))));
    }

    private static List<Event> parallelTools() {
        return message(
                "tool_use",
                List.of(
                        block(0, "text", text("Let me see.")),
                        tool(1, "{\\\"city\\\":", " \\\"Köln\\\"}"),
                        tool(2, "", "{}")));
    }

    private static List<Event> serverTools() {
        return message(
                "end_turn",
                List.of(
                        List.of(
                                event(
                                        "content_block_start",
                                        ",\"index\":0,\"content_block\":{\"type\":\"server_tool_use\",\"id\":\"srvtoolu_1\","
                                                + "\"name\":\"web_search\",\"input\":{}}"),
                                event("content_block_stop", ",\"index\":0"),
                                event(
                                        "content_block_start",
                                        ",\"index\":1,\"content_block\":{\"type\":\"web_search_tool_result\",\"content\":"
                                                + "[{\"url\":\"https://example.com/?a=b\",\"encrypted_content\":\""
                                                + new Prose(42).base64(5000) + "\"}]}"),
                                event("content_block_stop", ",\"index\":1")),
                        block(
                                2,
                                "text",
                                "{\"type\":\"citations_delta\",\"citation\":{\"cited_text\":\"é\"}}",
                                text("Yes."))));
    }

    private static List<Event> pings() {
        List<Event> events = new ArrayList<>();
        for (Event event : message("max_tokens", List.of(block(0, "text", text("a"), text(""))))) {
            events.add(PING);
            events.add(event);
        }
        return events;
    }

    private static List<Event> severalDeltas() {
        return List.of(
                START,
                event("message_delta", ",\"delta\":{},\"usage\":{\"output_tokens\":1}"),
                event("message_delta", ",\"delta\":{\"stop_reason\":\"pause_turn\"},\"usage\":{\"output_tokens\":2}"),
                STOP);
    }

    private static List<Event> container() {
        return message(
                "end_turn",
                List.of(List.of(
                        event(
                                "content_block_start",
                                ",\"index\":0,\"content_block\":{\"type\":\"code_execution_tool_result\",\"content\":"
                                        + "{\"content\":[{\"type\":\"code_execution_output\",\"file_id\":\"file_1\"}]}}"),
                        event("message_delta", ",\"delta\":{\"container\":{\"id\":\"container_1\"}}"))));
    }

    private static List<Event> future() {
        return List.of(
                new Event("message_preview", "{\"type\":\"message_preview\",\"n\":1e400,\"x\":[{}]}"),
                START,
                new Event("hologram_delta", "{ \"voxels\" : [ 0.10, -0 ] ,\n\"type\" : \"hologram_delta\" }"),
                event(
                        "content_block_delta",
                        ",\"index\":7,\"delta\":{\"type\":\"of_the_future\",\"x\":\"\\ud83d\\ude42\"}"),
                STOP);
    }

    private static List<Event> ended(String reason) {
        return message(reason, List.of());
    }

    private static List<Event> message(String stopReason, List<List<Event>> blocks) {
        List<Event> events = new ArrayList<>(List.of(START, PING));
        blocks.forEach(events::addAll);
        events.add(event(
                "message_delta",
                ",\"delta\":{\"stop_reason\":\"" + stopReason
                        + "\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":15}"));
        events.add(STOP);
        return events;
    }

    private static List<Event> block(int index, String type, String... deltas) {
        List<Event> events = new ArrayList<>();
        events.add(event(
                "content_block_start",
                ",\"index\":%d,\"content_block\":{\"type\":\"%s\",\"%s\":\"\"}".formatted(index, type, type)));
        for (String delta : deltas) {
            events.add(event("content_block_delta", ",\"index\":%d,\"delta\":%s".formatted(index, delta)));
        }
        events.add(event("content_block_stop", ",\"index\":" + index));
        return events;
    }

    private static List<Event> tool(int index, String... arguments) {
        List<Event> events = new ArrayList<>();
        events.add(event(
                "content_block_start",
                ",\"index\":%d,\"content_block\":{\"type\":\"tool_use\",\"id\":\"toolu_%d\",\"name\":\"f\",\"input\":{}}"
                        .formatted(index, index)));
        for (String piece : arguments) {
            events.add(event(
                    "content_block_delta",
                    ",\"index\":%d,\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"%s\"}"
                            .formatted(index, piece)));
        }
        events.add(event("content_block_stop", ",\"index\":" + index));
        return events;
    }

    private static String text(String text) {
        return "{\"type\":\"text_delta\",\"text\":\"" + text + "\"}";
    }

    private static Event event(String type, String members) {
        return new Event(type, "{\"type\":\"" + type + "\"" + members + "}");
    }

    private static Recorded stream(String name, List<Event> events) {
        return Recorded.of(name, PATH, Framing.PLAIN, events);
    }
}
