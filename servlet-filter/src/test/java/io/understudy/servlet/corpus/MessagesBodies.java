package io.understudy.servlet.corpus;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Requests for messages. */
public final class MessagesBodies {
    private static final String PATH = "/messages";

    private MessagesBodies() {}

    /** All of them. */
    public static List<Body> all() {
        return Stream.of(
                        plain(),
                        plain().in(Layout.SPACED),
                        plain().in(Layout.WINDOWS),
                        claudeCode(1),
                        claudeCode(2).in(Layout.PRETTY),
                        countedTokens(),
                        parallelTools(),
                        replayedThinking(),
                        images(),
                        documents(),
                        structured(),
                        future())
                .toList();
    }

    private static Body plain() {
        return body(
                "plain",
                """
                {"model":«MODEL»,"max_tokens":1024,"messages":[{"role":"user","content":"Grüß Gott 🙂"}],"temperature":1.0}""");
    }

    /** What Claude Code sends for "hi": 76 KB of system prompt and tools, and the conversation behind it. */
    private static Body claudeCode(long seed) {
        Prose prose = new Prose(seed);
        List<String> tools =
                IntStream.range(0, 18).mapToObj(i -> tool(prose, i)).toList();
        String json =
                """
                {"model":«MODEL»,"messages":[\
                {"role":"user","content":[{"type":"text","text":%s},{"type":"text","text":"hi",\
                "cache_control":{"type":"ephemeral","ttl":"1h"}}]},\
                {"role":"assistant","content":[{"type":"thinking","thinking":%s,"signature":%s},\
                {"type":"tool_use","id":%s,"name":"Bash","input":{"command":"ls -la","model":"x","file_id":"a.txt"}}]},\
                {"role":"user","content":[{"tool_use_id":"toolu_1","type":"tool_result","content":%s,"is_error":false}]}],\
                "system":[{"type":"text","text":"You are a coding agent."},{"type":"text","text":%s,\
                "cache_control":{"type":"ephemeral"}}],\
                "tools":%s,"metadata":{"user_id":%s},"max_tokens":32000,\
                "thinking":{"type":"adaptive"},"context_management":{"edits":[{"type":"clear_thinking_20251015",\
                "keep":"all"}]},"output_config":{"effort":"high"},"stream":false}"""
                        .formatted(
                                Json.string("<system-reminder>\n" + prose.words(200)),
                                Json.string(prose.words(120)),
                                Json.string(prose.base64(400)),
                                Json.string(prose.id("toolu_")),
                                Json.string(prose.code(9000)),
                                Json.string(prose.code(22000)),
                                Json.array(tools),
                                Json.string(prose.id("user_") + "_account__session_" + prose.id("")));
        return body("of Claude Code's kind " + seed, json);
    }

    private static String tool(Prose prose, int number) {
        return """
                {"name":"Tool%d","description":%s,"input_schema":{"type":"object","properties":\
                {"model":{"type":"string","description":"not the model"},"file_path":{"type":"string","description":%s},\
                "limit":{"type":"number","exclusiveMinimum":0,"maximum":9007199254740991}},\
                "required":["file_path"],"additionalProperties":false,\
                "$schema":"http://json-schema.org/draft-07/schema#"}}"""
                .formatted(number, Json.string(prose.code(1700)), Json.string(prose.words(20)));
    }

    private static Body countedTokens() {
        return new Body(
                "counted",
                "/messages/count_tokens",
                """
                {"messages":[{"role":"user","content":"How long is this?"}],"model":«MODEL»,"tools":[]}""");
    }

    private static Body parallelTools() {
        return body(
                "parallel tool calls",
                """
                {"max_tokens":4096,"tool_choice":{"type":"auto","disable_parallel_tool_use":false},\
                "messages":[{"role":"user","content":"Weather?"},{"role":"assistant","content":[\
                {"type":"tool_use","id":"toolu_a","name":"weather","input":{"city":"Köln","days":1e0}},\
                {"type":"tool_use","id":"toolu_b","name":"weather","input":{}}]},{"role":"user","content":[\
                {"type":"tool_result","tool_use_id":"toolu_a","content":[{"type":"text","text":"5 °C"},\
                {"type":"image","source":{"type":"url","url":"https://example.com/a.png?model=x"}}]},\
                {"type":"tool_result","tool_use_id":"toolu_b","is_error":true,"content":"no such city"}]}],\
                "tools":[{"name":"weather","input_schema":{"type":"object"}}],"model":«MODEL»}""");
    }

    private static Body replayedThinking() {
        Prose prose = new Prose(3);
        return body(
                "thinking replayed with its signatures",
                """
                {"model":«MODEL»,"max_tokens":16000,"thinking":{"type":"enabled","budget_tokens":10000},"messages":[\
                {"role":"user","content":"Go on"},{"role":"assistant","content":[\
                {"type":"thinking","thinking":"","signature":%s},{"type":"redacted_thinking","data":%s},\
                {"type":"text","text":"So far"}]},{"role":"system","content":"mid-conversation"}]}"""
                        .formatted(Json.string(prose.base64(3000)), Json.string(prose.base64(500))));
    }

    private static Body images() {
        return body(
                "a large image",
                """
                {"model":«MODEL»,"max_tokens":9,"messages":[{"role":"user","content":[{"type":"image","source":\
                {"type":"base64","media_type":"image/png","data":"%s"}},{"type":"text","text":"?"}]}]}"""
                        .formatted(new Prose(4).base64(900_000)));
    }

    private static Body documents() {
        return body(
                "documents and citations, in ASCII",
                """
                {"messages":[{"role":"user","content":[{"type":"document","title":%s,"context":null,\
                "citations":{"enabled":true},"source":{"type":"text","media_type":"text/plain","data":%s}}]}],\
                "model":«MODEL»,"max_tokens":1}"""
                        .formatted(Json.ascii("Über 🙂"), Json.ascii(new Prose(5).words(300))));
    }

    private static Body structured() {
        return body(
                "structured output and server tools",
                """
                {"model":«MODEL»,"max_tokens":2048,"output_config":{"format":{"type":"json_schema","schema":\
                {"type":"object","properties":{"model":{"enum":["a","b"]}},"required":["model"]}}},\
                "tools":[{"type":"web_search_20250305","name":"web_search","max_uses":5},\
                {"type":"bash_20250124","name":"bash"}],"mcp_servers":[{"type":"url","url":"https://example.com/sse",\
                "name":"x","authorization_token":null}],"service_tier":"auto","stop_sequences":["\\n\\nHuman:"],\
                "messages":[{"role":"user","content":"?"},{"role":"assistant","content":"{"}]}""");
    }

    private static Body future() {
        return body(
                "unknown fields of every kind",
                """
                {"zzz":{"model":"x","deep":[[[[{"a":[]}]]]]},"n":1e400,"m":-0,"o":0.1000000000000000055511151231257827,\
                "p":123456789012345678901234567890,"q":"\\u00e9\\ud83d\\ude42\\/\\b\\f","model":«MODEL»,"max_tokens":1,\
                "messages":[{"role":"of the future","content":[{"type":"hologram","voxels":[null,true,false]}]}],\
                "a":"","b":{},"c":[],"a":"twice"}""");
    }

    private static Body body(String name, String json) {
        return new Body(name, PATH, json);
    }
}
