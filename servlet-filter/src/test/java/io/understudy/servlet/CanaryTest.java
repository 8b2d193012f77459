package io.understudy.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.servlet.config.ConfigReader;
import io.understudy.servlet.testing.ChatWire;
import io.understudy.servlet.testing.GatewayServer;
import io.understudy.servlet.testing.MessageHead;
import io.understudy.servlet.testing.MessagesWire;
import io.understudy.servlet.testing.RawAnswer;
import io.understudy.servlet.testing.RawCaller;
import io.understudy.servlet.testing.ReceivedRequest;
import io.understudy.servlet.testing.Reply;
import io.understudy.servlet.testing.ScriptedUpstream;
import io.understudy.servlet.testing.Wire;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Secrets as canaries: each is a text of its own, and after every path of failure none is found where it does not
 * belong. The providers do their worst: they repeat what they were sent wherever an answer has room for it.
 */
class CanaryTest {
    /** What only the provider {@code a} may get. */
    private static final List<String> OF_A =
            List.of("canary-key-of-a-71", "canary-header-of-a-72", "canary-query-of-a-73");

    /** What only the provider {@code b} may get. */
    private static final List<String> OF_B = List.of("canary-key-of-b-81");

    /** What nobody may get. */
    private static final List<String> OF_THE_CALLER = List.of(
            "canary-caller-key-91",
            "canary-authorization-92",
            "canary-cookie-93",
            "canary-wrong-key-94",
            "canary-query-key-95",
            "canary-unused-key-96",
            "canary-admin-key-97",
            "canary-proxy-authorization-98");

    private final CapturedLog log = CapturedLog.of("");
    private final ScriptedUpstream a = ScriptedUpstream.start();
    private final ScriptedUpstream b = ScriptedUpstream.start();
    private final Queue<String> answers = new ConcurrentLinkedQueue<>();
    private final String configuration =
            """
            {"providers": {
               "a": {"type": "openai", "baseUrl": "%s", "apiKey": "canary-key-of-a-71", "dialects": ["chat", "messages"],
                     "headers": {"X-Own": "canary-header-of-a-72"}, "query": {"code": "canary-query-of-a-73"}},
               "b": {"type": "anthropic", "baseUrl": "%s", "apiKey": "canary-key-of-b-81", "dialects": ["chat", "messages"]}},
             "models": {"duo": [{"provider": "a"}, {"provider": "b", "priority": 1}], "solo": [{"provider": "a"}]},
             "clientKeys": ["canary-caller-key-91", {"name": "other", "key": "canary-unused-key-96", "models": ["solo"]}],
             "adminKey": "canary-admin-key-97",
             "failover": {"sameProviderRetries": 0}, "health": {"enabled": false},
             "timeouts": {"firstToken": "150ms", "response": "150ms", "idle": "150ms", "exchange": "400ms"}}
            """
                    .formatted(a.baseUrl(), b.baseUrl());
    private final GatewayServer gateway;

    /** Where nothing of this may be found; whatever else shows something gets a line here. */
    private final Map<String, Supplier<String>> places = Map.of(
            "the answers", () -> String.join("\n", answers),
            "the log", () -> String.join("\n", log.records()),
            "the status", () -> looked("status"),
            "the explanation", () -> looked("explain?model=duo"),
            "the latest exchanges", () -> looked("exchanges"),
            "the metrics", () -> looked("metrics"),
            "the page", () -> looked(""),
            "the settings' toString",
                    () -> ConfigReader.ofSystem().read(configuration).toString());

    CanaryTest() throws Exception {
        gateway = GatewayServer.start(configuration);
    }

    @AfterEach
    void stop() {
        log.close();
        gateway.close();
        a.close();
        b.close();
    }

    @Test
    void no_secret_is_found_where_it_does_not_belong() {
        for (Wire wire : List.of(new ChatWire("served-model"), new MessagesWire("served-model"))) {
            faults(wire).forEach((fault, reply) -> {
                a.always(reply);
                b.always(reply);
                for (String model : List.of("duo", "solo")) {
                    ask(wire, wire.request(model, "Hi"));
                    ask(wire, wire.streamedRequest(model, "Hi"));
                }
            });
            refusals(wire);
        }
        gateway.rewrite(configuration.replace("\"adminKey\"", "\"adminKee\"").replace("\"type\"", "\"typ\""));
        log.await("cannot be used");

        assertThat(bytes(a)).contains(OF_A).doesNotContain(OF_B).doesNotContain(OF_THE_CALLER);
        assertThat(bytes(b)).contains(OF_B).doesNotContain(OF_A).doesNotContain(OF_THE_CALLER);
        assertThat(answers).as("the echo came, masked").anyMatch(answer -> answer.contains("***"));
        places.forEach((place, text) -> assertThat(text.get())
                .as(place)
                .isNotEmpty()
                .doesNotContain(OF_A)
                .doesNotContain(OF_B)
                .doesNotContain(OF_THE_CALLER));
    }

    private static Map<String, Function<MessageHead, Reply>> faults(Wire wire) {
        Map<String, Function<MessageHead, Reply>> faults = new LinkedHashMap<>();
        for (int status : new int[] {400, 401, 402, 403, 404, 408, 409, 413, 422, 429, 500, 502, 503, 529}) {
            faults.put("an error " + status, head -> Reply.json(status, error(echo(head)), headers(head)));
        }
        faults.put("a page", head -> Reply.answer(400, "text/html", ("<h1>" + echo(head) + "</h1>").getBytes(UTF_8)));
        faults.put("a redirect", head -> Reply.json(302, "{}", "Location", "http://127.0.0.1:1/?" + echo(head)));
        faults.put("an error as a success", head -> Reply.json(200, error(echo(head)), headers(head)));
        faults.put("a success that is not JSON", head -> Reply.json(200, echo(head)));
        faults.put("an error event", head -> Reply.stream(headers(head))
                .events(wire.streamed("x").opening())
                .event(errorEvent(echo(head)))
                .end());
        faults.put("an error event after content", head -> Reply.stream(headers(head))
                .events(wire.streamed("x").opening())
                .events(wire.streamed("x").content())
                .event(errorEvent(echo(head)))
                .end());
        faults.put("an event that is not JSON", head -> Reply.stream()
                .events(wire.streamed("x").opening())
                .events(wire.streamed("x").content())
                .event("data: " + echo(head) + "\n\n")
                .close());
        faults.put("no HTTP", head -> Reply.silence()
                .write((echo(head) + "\r\n\r\n").getBytes(UTF_8))
                .close());
        faults.put("a bad header", head -> Reply.silence()
                .write(("HTTP/1.1 200 OK\r\n" + echo(head) + "\r\n\r\n").getBytes(UTF_8))
                .close());
        faults.put("half an answer", head -> Reply.announced(200, "application/json", 10_000)
                .write(error(echo(head)).getBytes(UTF_8))
                .close());
        faults.put("a closed connection", head -> Reply.drop());
        faults.put("a reset connection", head -> Reply.silence().reset());
        faults.put("silence", head -> Reply.silence().stall());
        return faults;
    }

    /** Everything that came, on one line of printable characters that can stand in JSON. */
    private static String echo(MessageHead head) {
        return head.startLine().replace(" HTTP/1.1", "") + " "
                + head.headers().fields().stream()
                        .map(field -> field.name() + ": " + field.value())
                        .collect(Collectors.joining(" "))
                        .replace("\"", "'")
                        .replace("\\", "/");
    }

    private static String error(String text) {
        return "{\"type\":\"error\",\"error\":{\"message\":\"%s\",\"type\":\"%s\",\"code\":\"%s\",\"param\":\"%s\"}}"
                .formatted(text, "server_error", text, text);
    }

    private static String errorEvent(String text) {
        return "event: error\ndata: " + error(text) + "\n\n";
    }

    private static String[] headers(MessageHead head) {
        return new String[] {"x-request-id", echo(head), "openai-echo", echo(head), "Set-Cookie", echo(head)};
    }

    private void refusals(Wire wire) {
        ask(wire, "not json");
        ask(wire, wire.request("canary", "Hi"));
        ask(wire, wire.request("duo@nobody", "Hi"));
        post(wire, wire.request("duo", "Hi"), "Authorization", "Bearer canary-wrong-key-94");
        post(wire, wire.request("duo", "Hi"), "x-api-key", "canary-unused-key-96", "Cookie", "s=canary-cookie-93");
        post(wire, wire.request("duo", "Hi"), "x-api-key", "canary-caller-key-91", "X-Understudy-Provider", "%zz");
        post(wire, wire.request("duo", "Hi"), "x-api-key", "canary-caller-key-91", "Content-Encoding", "br");
    }

    private void ask(Wire wire, String body) {
        post(
                wire,
                body,
                "x-api-key",
                "canary-caller-key-91",
                "Authorization",
                "Basic canary-authorization-92",
                "Proxy-Authorization",
                "Basic canary-proxy-authorization-98",
                "Cookie",
                "session=canary-cookie-93");
    }

    private void post(Wire wire, String body, String... headers) {
        try (RawCaller caller = RawCaller.connect(gateway.port())) {
            RawAnswer answer = caller.post(
                            "/v1" + wire.path() + "?key=canary-query-key-95&api_key=canary-query-key-95",
                            body.getBytes(UTF_8),
                            headers)
                    .answer();
            answers.add(answer.status() + " " + answer.headers() + " " + answer.text());
        }
    }

    /** What the operators see. */
    private String looked(String resource) {
        String request = "GET /understudy/" + resource + " HTTP/1.1\r\nHost: localhost\r\n"
                + "Authorization: Bearer canary-admin-key-97\r\n\r\n";
        try (RawCaller caller = RawCaller.connect(gateway.port())) {
            RawAnswer answer = caller.send(request).answer();
            assertThat(answer.status()).as(resource).isEqualTo(200);
            return answer.headers() + answer.text();
        }
    }

    private static String bytes(ScriptedUpstream provider) {
        return provider.requests().stream().map(CanaryTest::bytes).collect(Collectors.joining("\n"));
    }

    private static String bytes(ReceivedRequest request) {
        return request.requestLine() + request.headers() + request.text();
    }
}
