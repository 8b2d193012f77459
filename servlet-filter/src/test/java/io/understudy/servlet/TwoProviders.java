package io.understudy.servlet;

import io.understudy.servlet.testing.GatewayServer;
import io.understudy.servlet.testing.Headers;
import io.understudy.servlet.testing.RawAnswer;
import io.understudy.servlet.testing.RawCaller;
import io.understudy.servlet.testing.ScriptedUpstream;
import java.nio.charset.StandardCharsets;

/**
 * A gateway in front of two scripted providers, {@code a} and {@code b}, that speak every dialect. The model
 * {@code public} is {@code model-a} at the one and, only if that fails, {@code model-b} at the other.
 */
final class TwoProviders implements AutoCloseable {
    static final String MODELS =
            """
            "models": {"public": [{"provider": "a", "model": "model-a"},
                                  {"provider": "b", "model": "model-b", "priority": 1}]}""";

    private final ScriptedUpstream first = ScriptedUpstream.start();
    private final ScriptedUpstream second = ScriptedUpstream.start();
    private final GatewayServer gateway;

    TwoProviders() throws Exception {
        this(MODELS);
    }

    /**
     * With these members of the configuration beside {@code providers}. Unless they say otherwise, failures are neither
     * retried nor remembered.
     */
    TwoProviders(String members) throws Exception {
        String provider =
                """
                {"type": "openai", "baseUrl": "%s", "apiKey": "sk-provider-%s",
                 "dialects": ["chat", "messages", "responses", "embeddings"]}""";
        String failover = members.contains("\"failover\"") ? "" : "\"failover\": {\"sameProviderRetries\": 0}, ";
        String health = members.contains("\"health\"") ? "" : "\"health\": {\"enabled\": false}, ";
        gateway = GatewayServer.start("{\"providers\": {\"a\": %s, \"b\": %s}, %s%s%s}"
                .formatted(
                        provider.formatted(first.baseUrl(), "first"),
                        provider.formatted(second.baseUrl(), "second"),
                        failover,
                        health,
                        members));
    }

    ScriptedUpstream a() {
        return first;
    }

    ScriptedUpstream b() {
        return second;
    }

    RawCaller caller() {
        return RawCaller.connect(gateway.port());
    }

    /** The answer to a POST below {@code /v1}. */
    RawAnswer post(String path, String json, String... headers) {
        return post(path, json.getBytes(StandardCharsets.UTF_8), headers);
    }

    RawAnswer post(String path, byte[] body, String... headers) {
        try (RawCaller caller = caller()) {
            return caller.post("/v1" + path, body, headers).answer();
        }
    }

    /** The answer to a request without a body below {@code /v1}. */
    RawAnswer ask(String method, String path, String... headers) {
        return askAt("localhost", method, "/v1" + path, headers);
    }

    /** The answer to a request without a body, anywhere. */
    RawAnswer askAt(String host, String method, String target, String... headers) {
        StringBuilder head = new StringBuilder("%s %s HTTP/1.1\r\nHost: %s\r\n".formatted(method, target, host));
        Headers.of(headers).fields().forEach(field -> head.append("%s: %s\r\n".formatted(field.name(), field.value())));
        try (RawCaller caller = caller()) {
            return caller.send(head.append("\r\n").toString()).answer();
        }
    }

    @Override
    public void close() {
        gateway.close();
        first.close();
        second.close();
    }
}
