package io.understudy.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.example.RunningWar.End;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code java -jar understudy.war}: what it says, how it starts and what it ends with. */
class LaunchIT {
    private static final String CONFIGURATION =
            """
            {"providers": {"a": {"type": "openai", "baseUrl": "http://127.0.0.1:9/v1", "apiKey": "secret-key"}},
             "models": {"gpt-4o": [{"provider": "a"}]}}""";

    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void help_lists_the_options() {
        End end = RunningWar.endOf("--help");
        assertThat(end.status()).isZero();
        assertThat(end.out()).contains("--host", "--port", "--config", "--check");
        assertThat(end.err()).isEmpty();
    }

    @Test
    void everything_wrong_with_the_command_line_is_told_at_once() {
        End end = RunningWar.endOf("--prot", "--port=x", "--config=/no/such/file");
        assertThat(end.status()).isEqualTo(2);
        assertThat(end.out()).isEmpty();
        assertThat(end.err())
                .isEqualToIgnoringNewLines(
                        """
                        --prot: unknown option (expected: --host, --port, --config, --check or --help)
                        --port: x (expected: 0 to 65535)
                        --config: /no/such/file (expected: a file that can be read)
                        """);
    }

    @Test
    void a_port_in_use_is_told_in_one_line() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            End end = RunningWar.endOf("--port", String.valueOf(other.getLocalPort()));
            assertThat(end.status()).isEqualTo(2);
            assertThat(end.out()).isEmpty();
            assertThat(end.err())
                    .isEqualToIgnoringNewLines(
                            "--port: " + other.getLocalPort() + " on 127.0.0.1: Address already in use");
        }
    }

    @Test
    void a_host_that_is_not_of_this_machine_is_told_in_one_line() {
        End end = RunningWar.endOf("--host", "192.0.2.1");
        assertThat(end.status()).isEqualTo(2);
        assertThat(end.err()).startsWith("--port: 8080 on 192.0.2.1: ").hasLineCount(1);
    }

    @Test
    void a_wrong_configuration_is_told_without_a_stack_trace(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("understudy.json"), CONFIGURATION.replace("\"a\"}", "\"b\", \"weight\": -1}"));
        End end = RunningWar.endOf("--port", "0", "--config", file.toString());
        assertThat(end.status()).isEqualTo(2);
        assertThat(end.out()).isEmpty();
        assertThat(end.err())
                .contains(file.toString(), "models.gpt-4o[0].provider", "models.gpt-4o[0].weight")
                .doesNotContain("\tat ", "Exception", "secret-key");
    }

    @Test
    void a_wrong_system_property_is_not_taken_for_a_wish_for_the_demo() {
        End end = RunningWar.endOf("--port", "0", "--config", "file:/no/such/file");
        assertThat(end.status()).isEqualTo(2);
        assertThat(end.err()).contains("/no/such/file");
    }

    @Test
    void nothing_is_left_behind_after_a_start_that_failed() {
        try (RunningWar war = RunningWar.failing("--port", "0", "--config", "file:/no/such/file")) {
            assertThat(war.end().status()).isEqualTo(2);
            assertThat(war.temporaryFiles()).isEmpty();
        }
    }

    @Test
    void with_a_configuration_it_is_no_demo() throws Exception {
        try (RunningWar war = RunningWar.configured(CONFIGURATION)) {
            assertThat(get(war, "/v1/x").headers().firstValue("X-Understudy-Demo"))
                    .isEmpty();
            assertThat(get(war, "/demo/healthy/chat/completions").statusCode()).isEqualTo(404);
            assertThat(war.err()).isEmpty();
        }
    }

    @Test
    void a_gateway_that_is_open_to_others_without_keys_is_warned_of() {
        try (RunningWar war = RunningWar.start("--host", "0.0.0.0", "--port", "0")) {
            assertThat(war.url()).startsWith("http://0.0.0.0:");
            assertThat(war.err())
                    .contains("WARNING", "--host: 0.0.0.0", "clientKeys")
                    .hasLineCount(1);
        }
    }

    @Test
    void the_launcher_and_the_libraries_cannot_be_downloaded_and_nothing_tells_the_server() throws Exception {
        try (RunningWar war = RunningWar.demo()) {
            HttpResponse<String> page = get(war, "/");
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.headers().firstValue("Server")).isEmpty();
            assertThat(get(war, "/io/understudy/example/boot/Main.class").statusCode())
                    .isEqualTo(403);
            assertThat(get(war, "/WEB-INF/web.xml").statusCode()).isEqualTo(404);
            assertThat(get(war, "/WEB-INF/").body()).doesNotContainIgnoringCase("jetty");
        }
    }

    private HttpResponse<String> get(RunningWar war, String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(war.url() + path)).build(), BodyHandlers.ofString());
    }
}
