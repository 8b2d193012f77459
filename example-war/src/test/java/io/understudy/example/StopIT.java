package io.understudy.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.example.RunningWar.End;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Iterator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What becomes of the exchanges when {@code java -jar understudy.war} is told to stop. */
class StopIT {
    private static final String REQUEST =
            """
            {"model": "gpt-4o@demo-healthy", "stream": %s, "messages": [{"role": "user", "content": "Who steps in?"}]}""";

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void an_idle_one_stops_at_once_and_leaves_nothing_behind() {
        try (RunningWar war = RunningWar.demo()) {
            assertThat(war.temporaryFiles()).hasSize(1);
            war.terminate();
            assertThat(war.end()).isEqualTo(new End(0, "", ""));
            assertThat(war.temporaryFiles()).isEmpty();
        }
    }

    @Test
    void a_running_stream_comes_to_its_end_while_new_exchanges_are_refused() throws Exception {
        try (RunningWar war = RunningWar.demo()) {
            Iterator<String> stream =
                    send(war, true, BodyHandlers.ofLines()).body().iterator();
            assertThat(stream.next()).startsWith("data: {");

            war.terminate();
            HttpResponse<String> refused = firstRefusal(war);
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.body()).contains("\"code\":\"gateway_overloaded\"");
            assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");

            assertThat(Stream.generate(stream::next).takeWhile(line -> !line.equals("data: [DONE]")))
                    .hasSizeGreaterThan(100);
            End end = war.end();
            assertThat(end.status()).isZero();
            assertThat(end.err()).as("the exchange's report").contains("\"outcome\":\"success\"");
        }
    }

    /** The signal takes its time to arrive; every request before it is answered. */
    private HttpResponse<String> firstRefusal(RunningWar war) throws IOException, InterruptedException {
        HttpResponse<String> response;
        do {
            response = http.send(
                    HttpRequest.newBuilder(URI.create(war.url() + "/")).build(), BodyHandlers.ofString());
        } while (response.statusCode() == 200);
        return response;
    }

    private <T> HttpResponse<T> send(RunningWar war, boolean stream, HttpResponse.BodyHandler<T> body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(war.url() + "/v1/chat/completions"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(REQUEST.formatted(stream)))
                .build();
        return http.send(request, body);
    }
}
