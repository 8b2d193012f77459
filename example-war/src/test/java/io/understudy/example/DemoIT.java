package io.understudy.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a newcomer sees of {@code java -jar understudy.war}; the README shows these answers. No test disturbs another,
 * because plain and streamed calls fail independently of each other.
 */
class DemoIT {
    private static RunningWar war;

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void start() {
        war = RunningWar.demo();
    }

    @AfterAll
    static void stop() {
        war.close();
    }

    @Test
    void the_first_call_survives_an_overloaded_provider_and_an_error_dressed_up_as_a_success() throws Exception {
        HttpResponse<String> answer = chat("gpt-4o", false);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(trace(answer))
                .matches("demo-flaky;503;\\d+ms;overloaded, demo-flaky;200;\\d+ms;\\w+, demo-healthy;200;\\d+ms");
        assertThat(answer.body()).contains("\"finish_reason\":\"stop\"");
        assertThat(answer.headers().firstValue("X-Understudy-Demo")).hasValue("true");
    }

    @Test
    void the_first_stream_survives_a_provider_that_breaks_off_before_the_first_word() throws Exception {
        HttpResponse<String> answer = chat("claude-sonnet-4-5", true);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(trace(answer)).matches("demo-flaky;200;\\d+ms;\\w+, .*demo-(healthy|flaky);200;\\d+ms");
        assertThat(answer.body()).endsWith("data: [DONE]\n\n").containsOnlyOnce("\"role\":\"assistant\"");
        assertThat(answer.headers().firstValue("X-Understudy-Demo")).hasValue("true");
    }

    @Test
    void refusals_are_marked_as_well() throws Exception {
        HttpResponse<String> answer = chat("nobody-knows-it", false);
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("X-Understudy-Demo")).hasValue("true");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/v1/models", "/understudy/", "/understudy/status", "/understudy/health", "/understudy/no", "/no"
            })
    void pages_are_marked_as_well(String path) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(war.url() + path)).build();
        assertThat(http.send(request, BodyHandlers.discarding()).headers().firstValue("X-Understudy-Demo"))
                .hasValue("true");
    }

    private static String trace(HttpResponse<String> answer) {
        return answer.headers().firstValue("X-Understudy-Trace").orElse("");
    }

    private HttpResponse<String> chat(String model, boolean stream) throws IOException, InterruptedException {
        String body =
                """
                {"model": "%s", "stream": %s, "messages": [{"role": "user", "content": "Who steps in?"}]}"""
                        .formatted(model, stream);
        HttpRequest request = HttpRequest.newBuilder(URI.create(war.url() + "/v1/chat/completions"))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        return http.send(request, BodyHandlers.ofString());
    }
}
