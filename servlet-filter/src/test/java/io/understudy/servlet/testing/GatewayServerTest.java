package io.understudy.servlet.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is not the filter's reaches the host application as it was sent, its body unread. */
class GatewayServerTest {
    private static final String BODY = "{\"model\":\"m\"} and whatever\0";

    private static GatewayServer server;

    @BeforeAll
    static void start() throws Exception {
        server = GatewayServer.start(
                """
                {
                  "providers": { "a": { "type": "openai", "baseUrl": "http://127.0.0.1:9/v1", "apiKey": "sk-a" } },
                  "models": { "m": [ { "provider": "a" } ] }
                }
                """);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /v1/other",
        "POST, /v1/chat/completions/x",
        "POST, /v1/chat",
        "POST, /v1/xchat/completions",
        "GET, /v1/chat/completions",
        "PUT, /v1/chat/completions",
        "DELETE, /v1/messages",
        "POST, /chat/completions",
        "POST, /api/messages",
        "POST, /",
    })
    void what_is_not_ours_goes_down_the_chain_untouched(String method, String path)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(server.uri(path))
                                .method(method, BodyPublishers.ofString(BODY))
                                .header("Content-Encoding", "br")
                                .build(),
                        BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("X-Host")).hasValue(method + " " + path);
        assertThat(answer.body()).isEqualTo(BODY);
        assertThat(answer.headers().map().keySet()).noneMatch(name -> name.startsWith("x-understudy"));
    }
}
