package io.understudy.servlet.corpus;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Requests for responses and for embeddings. */
public final class ResponsesBodies {
    private static final String PATH = "/responses";

    private ResponsesBodies() {}

    /** All of them. */
    public static List<Body> all() {
        return Stream.of(
                        plain(),
                        plain().in(Layout.PRETTY),
                        codex(21),
                        codex(22).in(Layout.SPACED),
                        reasoning(),
                        images(),
                        hostedTools(),
                        structured(),
                        ownTools(),
                        customTool(),
                        future(),
                        embedding("one text", "\"Grüß Gott\""),
                        embedding("texts", "[\"a\",\"\",\"\\ud83d\\ude42\"]"),
                        embedding("tokens", "[[1,2,3],[100257]]"))
                .toList();
    }

    private static Body plain() {
        return body(
                "plain",
                """
                {"model":«MODEL»,"input":"Grüß Gott 🙂","instructions":null,"temperature":1.0,"stream":false}""");
    }

    /** What Codex sends for "hi": 39 KB of instructions and tools, nothing stored, reasoning sent along encrypted. */
    private static Body codex(long seed) {
        Prose prose = new Prose(seed);
        List<String> tools = IntStream.range(0, 6).mapToObj(i -> tool(prose, i)).toList();
        String json =
                """
                {"model":«MODEL»,"instructions":%s,"input":[{"type":"message","role":"developer","content":[\
                {"type":"input_text","text":%s}]},{"type":"message","role":"user","content":[{"type":"input_text",\
                "text":"hi"}]},{"type":"reasoning","summary":[{"type":"summary_text","text":"**Planning**"}],\
                "content":null,"encrypted_content":%s},{"type":"function_call","name":"shell",\
                "arguments":"{\\"command\\":[\\"ls\\"],\\"model\\":1}","call_id":%s},\
                {"type":"function_call_output","call_id":"call_1","output":%s}],\
                "tools":%s,"tool_choice":"auto","parallel_tool_calls":false,"reasoning":{"effort":"medium",\
                "summary":"auto"},"store":false,"stream":false,"include":["reasoning.encrypted_content"],\
                "prompt_cache_key":"019a-%s","text":{"verbosity":"medium"},"client_metadata":{"x-codex-model":"x"}}"""
                        .formatted(
                                Json.string(prose.code(15000)),
                                Json.string(prose.words(300)),
                                Json.string(prose.base64(1500)),
                                Json.string(prose.id("call_")),
                                Json.string("Exit code: 0\nOutput:\n" + prose.code(6000)),
                                Json.array(tools),
                                prose.id(""));
        return body("of Codex' kind " + seed, json);
    }

    private static String tool(Prose prose, int number) {
        return """
                {"type":"function","name":"tool_%d","description":%s,"strict":false,"parameters":{"type":"object",\
                "properties":{"model":{"type":"string"},"file_id":{"type":"string","default":"file-x"}},\
                "additionalProperties":false}}"""
                .formatted(number, Json.string(prose.code(1200)));
    }

    private static Body reasoning() {
        return body(
                "reasoning replayed",
                """
                {"input":[{"role":"user","content":"Go on"},{"type":"reasoning","id":"rs_1","summary":[],\
                "encrypted_content":"%s"},{"type":"message","id":"msg_1","role":"assistant","status":"completed",\
                "content":[{"type":"output_text","text":"So far","annotations":[],"logprobs":[]}]}],\
                "model":«MODEL»,"store":false,"reasoning":{"effort":"xhigh"}}"""
                        .formatted(new Prose(23).base64(9000)));
    }

    private static Body images() {
        return body(
                "images and files",
                """
                {"model":«MODEL»,"input":[{"role":"user","content":[{"type":"input_image","detail":"auto","image_url":\
                "data:image/png;base64,%s"},{"type":"input_file","filename":"ä.pdf","file_data":"data:;base64,AA=="}]}]}"""
                        .formatted(new Prose(24).base64(400_000)));
    }

    private static Body hostedTools() {
        return body(
                "hosted tools",
                """
                {"tools":[{"type":"web_search","filters":{"allowed_domains":["example.com"]}},{"type":"image_generation",\
                "model":"another","partial_images":2},{"type":"code_interpreter","container":{"type":"auto"}},\
                {"type":"mcp","server_label":"x","server_url":"https://example.com/?model=x","require_approval":"never"}],\
                "max_output_tokens":1e3,"truncation":"auto","model":«MODEL»,"input":[]}""");
    }

    private static Body structured() {
        return body(
                "structured output",
                """
                {"text":{"format":{"type":"json_schema","name":"model","strict":true,"schema":{"type":"object",\
                "properties":{"model":{"type":"string"}}}}},"model":«MODEL»,"input":"?","top_logprobs":20,\
                "include":["message.output_text.logprobs"],"metadata":{"model":"x"}}""");
    }

    private static Body ownTools() {
        return body(
                "parallel tool calls",
                """
                {"model":«MODEL»,"parallel_tool_calls":true,"input":[{"type":"function_call","call_id":"a","name":"f",\
                "arguments":"{}"},{"type":"function_call","call_id":"b","name":"f","arguments":"{\\"x\\":\\"ü\\"}"},\
                {"type":"function_call_output","call_id":"b","output":"1"},{"type":"function_call_output",\
                "call_id":"a","output":[{"type":"input_text","text":"2"}]}],"tool_choice":{"type":"allowed_tools",\
                "mode":"auto","tools":[{"type":"function","name":"f"}]},"tools":[{"type":"function","name":"f"}]}""");
    }

    private static Body customTool() {
        return body(
                "a tool with a grammar",
                """
                {"model":«MODEL»,"input":"?","tools":[{"type":"custom","name":"apply_patch","format":{"type":"grammar",\
                "syntax":"lark","definition":%s}},{"type":"local_shell"}]}"""
                        .formatted(Json.string(
                                "start: begin hunk+ end\nbegin: \"*** Begin Patch\" LF\n%import common.LF\n")));
    }

    private static Body future() {
        return body(
                "unknown fields of every kind",
                """
                {"a":[{"model":"x"},[1e-400,-1E400,0.30000000000000004]],"b":"\\u2028\\u2029\\ufeff",
                  "model" : «MODEL» , "input" : [ { "type" : "hologram" , "voxels" : [ null ] } ] , "z" : 18446744073709551616 }""");
    }

    private static Body embedding(String name, String input) {
        return new Body(
                name,
                "/embeddings",
                "{\"input\":%s,\"encoding_format\":\"base64\",\"dimensions\":256,\"model\":«MODEL»,\"user\":\"u\"}"
                        .formatted(input));
    }

    private static Body body(String name, String json) {
        return new Body(name, PATH, json);
    }
}
