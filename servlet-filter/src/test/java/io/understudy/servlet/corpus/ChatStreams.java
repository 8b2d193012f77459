package io.understudy.servlet.corpus;

import io.understudy.servlet.corpus.Framing.Event;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Streams of chat completions. */
public final class ChatStreams {
    private static final String PATH = "/chat/completions";
    private static final Event DONE = Event.of("[DONE]");
    private static final String STOP = "{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}";
    private static final String ROLE =
            "{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null},\"finish_reason\":null}";

    private ChatStreams() {}

    /** All of them. */
    public static List<Recorded> all() {
        return Stream.concat(
                        Arrays.stream(Framing.values()).map(ChatStreams::plain),
                        Stream.of(
                                stream("usage and obfuscation", withUsage()),
                                stream("two choices with logprobs", twoChoices()),
                                stream("parallel tool calls", parallelTools()),
                                stream("a refusal", delta("\"refusal\":\"No. Ñó.\"")),
                                stream("reasoning", delta("\"reasoning_content\":\"Hm\",\"content\":null")),
                                stream("audio", audio()),
                                stream("Azure's first chunk", azure()),
                                stream("an empty answer", chunks(ROLE, STOP)),
                                stream("unknown fields and events", future()),
                                stream("long", longText())))
                .toList();
    }

    private static Recorded plain(Framing framing) {
        return Recorded.of("plain", PATH, framing, chunks(ROLE, content("Grüß "), content("Gott 🙂\\n"), STOP));
    }

    private static List<Event> withUsage() {
        return List.of(
                Event.of("{\"id\":\"c\",\"choices\":[" + content("a") + "],\"obfuscation\":\"x7Gf\",\"usage\":null}"),
                Event.of("{\"id\":\"c\",\"choices\":[" + STOP + "],\"obfuscation\":\"\"}"),
                Event.of("{\"id\":\"c\",\"choices\":[],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":1,"
                        + "\"prompt_tokens_details\":{\"cached_tokens\":0}}}"),
                DONE);
    }

    private static List<Event> twoChoices() {
        String logprobs =
                """
                {"index":%d,"delta":{"content":"%s"},"logprobs":{"content":[{"token":"%s","logprob":-1.5e-05,\
                "bytes":[240,159,153,130],"top_logprobs":[]}],"refusal":null},"finish_reason":null}""";
        return chunks(
                logprobs.formatted(0, "🙂", "\\\\xf0"),
                logprobs.formatted(1, "b", "b"),
                "{\"index\":1,\"delta\":{},\"finish_reason\":\"length\"}",
                logprobs.formatted(0, "c", "c"),
                STOP);
    }

    private static List<Event> parallelTools() {
        String call =
                "{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":%d,\"id\":\"call_%d\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"\"}}]}}";
        String more =
                "{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":%d,\"function\":{\"arguments\":\"{\\\"x\\\":\\\"ü\\\"}\"}}]}}";
        return chunks(
                ROLE,
                call.formatted(0, 0),
                call.formatted(1, 1),
                more.formatted(1),
                more.formatted(0),
                "{\"index\":0,\"delta\":{},\"finish_reason\":\"tool_calls\"}");
    }

    private static List<Event> audio() {
        Prose prose = new Prose(31);
        return chunks(
                delta0("\"audio\":{\"id\":\"audio_1\",\"transcript\":\"Hi\"}"),
                delta0("\"audio\":{\"data\":\"" + prose.base64(40_000) + "\"}"),
                delta0("\"audio\":{\"expires_at\":1763600000}"),
                STOP);
    }

    private static List<Event> azure() {
        List<Event> events = new ArrayList<>();
        events.add(Event.of("{\"choices\":[],\"created\":0,\"id\":\"\",\"model\":\"\",\"object\":\"\","
                + "\"prompt_filter_results\":[{\"prompt_index\":0,\"content_filter_results\":{}}]}"));
        events.addAll(chunks(ROLE, content("a"), STOP));
        return events;
    }

    private static List<Event> future() {
        return List.of(
                new Event("x.of.the.future", "{\"object\":\"x\",\"n\":1e400,\"choices\":[]}"),
                Event.of("{\"choices\":[{\"delta\":{\"holo\\u0067ram\":[0.10,-0]},\"index\":0}] , \"x\":{\"y\":[]}}"),
                new Event("completion", "{\n\"choices\":\n[" + STOP + "]}"),
                DONE);
    }

    private static List<Event> longText() {
        Prose prose = new Prose(32);
        List<String> choices = new ArrayList<>(List.of(ROLE));
        IntStream.range(0, 400)
                .mapToObj(i ->
                        "{\"index\":0,\"delta\":{\"content\":" + Json.string(prose.words(1 + prose.number(30))) + "}}")
                .forEach(choices::add);
        choices.add(STOP);
        return chunks(choices.toArray(String[]::new));
    }

    private static List<Event> delta(String members) {
        return chunks(ROLE, delta0(members), STOP);
    }

    private static String delta0(String members) {
        return "{\"index\":0,\"delta\":{" + members + "},\"finish_reason\":null}";
    }

    private static String content(String text) {
        return delta0("\"content\":\"" + text + "\"");
    }

    private static List<Event> chunks(String... choices) {
        Stream<Event> chunks = Arrays.stream(choices)
                .map(choice ->
                        Event.of("{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1763600000,"
                                + "\"model\":\"gpt-4o-2024-08-06\",\"choices\":[" + choice + "]}"));
        return Stream.concat(chunks, Stream.of(DONE)).toList();
    }

    private static Recorded stream(String name, List<Event> events) {
        return Recorded.of(name, PATH, Framing.PLAIN, events);
    }
}
