package io.understudy.servlet.corpus;

import io.understudy.servlet.corpus.Framing.Event;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Streams of responses. */
public final class ResponsesStreams {
    private static final String PATH = "/responses";

    private ResponsesStreams() {}

    /** All of them. */
    public static List<Recorded> all() {
        return Stream.concat(
                        Arrays.stream(Framing.values()).map(ResponsesStreams::plain),
                        Stream.of(
                                stream("of Codex' kind, its instructions told twice", codex()),
                                stream("reasoning", reasoning()),
                                stream("parallel tool calls", parallelTools()),
                                stream("hosted tools", hostedTools()),
                                stream("a refusal", text("refusal", "No.", "completed")),
                                stream("incomplete", text("output_text", "So f", "incomplete")),
                                stream("an empty answer", created("completed")),
                                stream("unknown events and fields", future()),
                                stream("numbers left out", unnumbered())))
                .toList();
    }

    private static Recorded plain(Framing framing) {
        return Recorded.of("plain", PATH, framing, text("output_text", "Grüß Gott 🙂\\n", "completed"));
    }

    private static List<Event> codex() {
        String instructions = ",\"instructions\":" + Json.string(new Prose(51).code(30_000));
        Script script = new Script();
        script.add("response.created", response("in_progress", instructions));
        script.add("response.in_progress", response("in_progress", instructions));
        script.add(
                "response.output_item.added",
                "\"output_index\":0,\"item\":{\"type\":\"function_call\",\"id\":\"fc_1\"}");
        script.add(
                "response.function_call_arguments.delta",
                "\"delta\":\"{\\\"command\\\":[\\\"ls\\\"]}\",\"obfuscation\":\"a\"");
        script.add("response.completed", response("completed", instructions));
        return script.events();
    }

    private static List<Event> reasoning() {
        Prose prose = new Prose(52);
        Script script = new Script();
        script.add("response.created", response("in_progress", ""));
        script.add("response.output_item.added", "\"item\":{\"type\":\"reasoning\",\"id\":\"rs_1\",\"summary\":[]}");
        script.add("response.reasoning_summary_part.added", "\"part\":{\"type\":\"summary_text\",\"text\":\"\"}");
        IntStream.range(0, 50)
                .forEach(i -> script.add(
                        "response.reasoning_summary_text.delta", "\"delta\":" + Json.string(prose.words(5))));
        script.add(
                "response.output_item.done",
                "\"item\":{\"type\":\"reasoning\",\"id\":\"rs_1\",\"encrypted_content\":\"" + prose.base64(3000)
                        + "\"}");
        script.add("response.completed", response("completed", ""));
        return script.events();
    }

    private static List<Event> parallelTools() {
        Script script = new Script();
        script.add("response.created", response("in_progress", ""));
        for (int i = 0; i < 2; i++) {
            script.add(
                    "response.output_item.added",
                    "\"output_index\":%d,\"item\":{\"type\":\"function_call\",\"id\":\"fc_%d\",\"arguments\":\"\"}"
                            .formatted(i, i));
        }
        for (int i = 0; i < 6; i++) {
            script.add(
                    "response.function_call_arguments.delta",
                    "\"output_index\":%d,\"delta\":\"\\\"ü%d\"".formatted(i % 2, i));
        }
        script.add("response.completed", response("completed", ""));
        return script.events();
    }

    private static List<Event> hostedTools() {
        Script script = new Script();
        script.add("response.queued", response("queued", ""));
        script.add("response.created", response("in_progress", ""));
        script.add("response.output_item.added", "\"item\":{\"type\":\"web_search_call\",\"id\":\"ws_1\"}");
        script.add("response.web_search_call.in_progress", "\"item_id\":\"ws_1\"");
        script.add("response.web_search_call.completed", "\"item_id\":\"ws_1\"");
        script.add(
                "response.image_generation_call.partial_image",
                "\"partial_image_b64\":\"" + new Prose(53).base64(200_000) + "\"");
        script.add("response.code_interpreter_call_code.delta", "\"delta\":\"print(1)\"");
        script.add("response.mcp_call_arguments.done", "\"arguments\":\"{}\"");
        script.add("response.completed", response("completed", ""));
        return script.events();
    }

    private static List<Event> text(String part, String text, String end) {
        Script script = new Script();
        script.add("response.created", response("in_progress", ""));
        script.add("response.in_progress", response("in_progress", ""));
        script.add("response.output_item.added", "\"output_index\":0,\"item\":{\"id\":\"msg_1\",\"type\":\"message\"}");
        script.add(
                "response.content_part.added", "\"part\":{\"type\":\"" + part + "\",\"annotations\":[],\"text\":\"\"}");
        script.add("response." + part + ".delta", "\"delta\":\"" + text + "\",\"logprobs\":[]");
        script.add("response." + part + ".done", "\"text\":\"" + text + "\"");
        script.add("response." + end, response(end, ""));
        return script.events();
    }

    private static List<Event> created(String end) {
        Script script = new Script();
        script.add("response.created", response("in_progress", ""));
        script.add("response." + end, response(end, ""));
        return script.events();
    }

    private static List<Event> future() {
        return List.of(
                new Event(
                        "codex.rate_limits", "{\"type\":\"codex.rate_limits\",\"primary\":{\"used_percent\":1e-400}}"),
                new Event("keepalive", "{\"type\":\"keepalive\",\"sequence_number\":1}"),
                new Event(
                        null, "{ \"x\":[] ,\n\"type\":\"response.hologram.delta\", \"delta\":{\"voxels\":[0.10,-0]} }"),
                new Event(
                        "response.completed",
                        "{\"response\":{\"status\":\"completed\"},\"type\":\"response.completed\",\"z\":null}"));
    }

    private static List<Event> unnumbered() {
        return List.of(
                new Event(null, "{\"type\":\"response.created\"," + response("in_progress", "") + "}"),
                new Event(null, "{\"type\":\"response.output_text.delta\",\"delta\":\"a\"}"),
                new Event(null, "{\"type\":\"response.completed\"," + response("completed", "") + "}"));
    }

    private static String response(String status, String more) {
        return """
                "response":{"id":"resp_1","object":"response","created_at":1763600000,"status":"%s","error":null,\
                "model":"gpt-5-2025-08-07","output":[],"temperature":1.0%s,"usage":null}"""
                .formatted(status, more);
    }

    private static Recorded stream(String name, List<Event> events) {
        return Recorded.of(name, PATH, Framing.PLAIN, events);
    }

    /** Events with increasing numbers. */
    private static final class Script {
        private final List<Event> events = new ArrayList<>();

        void add(String type, String members) {
            events.add(new Event(
                    type, "{\"type\":\"%s\",\"sequence_number\":%d,%s}".formatted(type, events.size(), members)));
        }

        List<Event> events() {
            return List.copyOf(events);
        }
    }
}
