package io.understudy.servlet.corpus;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Requests for chat completions. */
public final class ChatBodies {
    private static final String PATH = "/chat/completions";

    private ChatBodies() {}

    /** All of them. */
    public static List<Body> all() {
        return Stream.of(
                        plain(),
                        plain().in(Layout.SPACED),
                        plain().in(Layout.PRETTY),
                        plain().in(Layout.WINDOWS),
                        sampling(),
                        parallelTools(),
                        parallelTools().in(Layout.SPACED),
                        audio(),
                        images(),
                        files(),
                        structured(),
                        conversation(),
                        escapedName(),
                        deep(),
                        future())
                .toList();
    }

    private static Body plain() {
        return body(
                "plain",
                """
                {"model":«MODEL»,"messages":[{"role":"developer","content":"Be brief."},\
                {"role":"user","content":"Grüß Gott 🙂"}],"temperature":0.7,"stream":false}""");
    }

    private static Body sampling() {
        return body(
                "two choices with logprobs",
                """
                {"n":2,"logprobs":true,"top_logprobs":20,"logit_bias":{"50256":-100},"seed":9007199254740993,\
                "presence_penalty":-2.0,"frequency_penalty":2,"stop":["\\n","END"],"user":"ü","model":«MODEL»,\
                "messages":[{"role":"user","content":"x"}],"max_completion_tokens":1}""");
    }

    private static Body parallelTools() {
        return body(
                "parallel tool calls",
                """
                {"messages":[{"role":"user","content":"Weather?"},{"role":"assistant","content":null,"tool_calls":[\
                {"id":"call_a","type":"function","function":{"name":"weather","arguments":"{\\"city\\":\\"Köln\\"}"}},\
                {"id":"call_b","type":"function","function":{"name":"weather","arguments":""}}]},\
                {"role":"tool","tool_call_id":"call_a","content":"5 °C"},\
                {"role":"tool","tool_call_id":"call_b","content":[{"type":"text","text":"?"}]}],\
                "tools":[{"type":"function","function":{"name":"weather","strict":true,"parameters":{"type":"object",\
                "properties":{"model":{"type":"string"}}}}}],"tool_choice":"auto","parallel_tool_calls":true,\
                "model":«MODEL»}""");
    }

    private static Body audio() {
        return body(
                "audio in and out",
                """
                {"model":«MODEL»,"modalities":["text","audio"],"audio":{"voice":"alloy","format":"wav"},"messages":[\
                {"role":"user","content":[{"type":"text","text":"?"},{"type":"input_audio","input_audio":\
                {"data":"%s","format":"wav"}}]},{"role":"assistant","audio":{"id":"audio_abc"}}]}"""
                        .formatted(new Prose(11).base64(60_000)));
    }

    private static Body images() {
        return body(
                "images",
                """
                {"model":«MODEL»,"messages":[{"role":"user","content":[{"type":"image_url","image_url":\
                {"url":"data:image/jpeg;base64,%s","detail":"high"}},{"type":"image_url","image_url":\
                {"url":"https:\\/\\/example.com\\/a.png"}}]}]}"""
                        .formatted(new Prose(12).base64(300_000)));
    }

    private static Body files() {
        return body(
                "files",
                """
                {"model":«MODEL»,"messages":[{"role":"user","content":[{"type":"file","file":{"file_id":"file-abc"}},\
                {"type":"file","file":{"filename":"ä.pdf","file_data":"data:application/pdf;base64,%s"}}]}]}"""
                        .formatted(new Prose(13).base64(5000)));
    }

    private static Body structured() {
        return body(
                "structured output",
                """
                {"response_format":{"type":"json_schema","json_schema":{"name":"x","strict":true,"schema":\
                {"$defs":{"model":{"type":"string","pattern":"^[^\\"\\\\\\\\]+$"}},"type":"object"}}},\
                "model":«MODEL»,"messages":[{"role":"user","content":"?"}],"reasoning_effort":"minimal",\
                "verbosity":"low","service_tier":"flex","store":true,"metadata":{"model":"x"},\
                "prediction":{"type":"content","content":"x"},"web_search_options":{}}""");
    }

    private static Body conversation() {
        Prose prose = new Prose(14);
        String turns = IntStream.range(0, 60)
                .mapToObj(i -> "{\"role\":\"%s\",\"content\":%s}"
                        .formatted(i % 2 == 0 ? "user" : "assistant", Json.ascii(prose.words(40 + prose.number(60)))))
                .collect(Collectors.joining(","));
        return body("a long conversation", "{\"messages\":[" + turns + "],\"model\":«MODEL»}");
    }

    private static Body escapedName() {
        return body(
                "a name with escapes",
                """
                {"m\\u006fdel":«MODEL»,"mod":1,"models":["x"],"model ":"y","messages":[]}""");
    }

    private static Body deep() {
        return body(
                "as deep as it may be",
                "{\"x\":" + "[".repeat(998) + "]".repeat(998) + ",\"model\":«MODEL»,\"messages\":[]}");
    }

    private static Body future() {
        return body(
                "unknown fields of every kind",
                """
                \t{ "zzz" : { "model" : "x" } , "n":1E+3 , "o":-0.0e-0, "p":[ ] , "q":{ },
                "r":123456789012345678901234567890.123456789,"s":"\\ud83d\\ude42\\u0000\\u007f",
                 "model"\t:\r\n «MODEL» ,"messages":[{"role":"oracle","content":[{"type":"dream","data":[[],{}]}]}]}\n\s""");
    }

    private static Body body(String name, String json) {
        return new Body(name, PATH, json);
    }
}
