package io.understudy.example;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.servlet.testing.RawAnswer;
import io.understudy.servlet.testing.RawCaller;
import io.understudy.servlet.testing.Reply;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who sees the admin resources of the built WAR. */
class AdminIT {
    private static final String CONFIGURATION =
            """
            {"providers": {"a": {"type": "openai", "baseUrl": "http://127.0.0.1:9/v1"}},
             "models": {"gpt": [{"provider": "a"}]}}""";

    @Test
    void the_demo_opens_them_to_this_machine_only() {
        try (RunningWar war = RunningWar.demo()) {
            assertThat(get(war, "localhost", "/status").text()).contains("\"demo-flaky\"", "\"gpt-4o\"");
            assertThat(get(war, "127.0.0.1:1", "/explain?model=gpt-4o").text())
                    .contains(
                            "\"provider\":\"demo-flaky\",\"model\":\"gpt-4o\",\"priority\":0,\"weight\":1.0,\"chanceFirst\":1.0");
            assertThat(get(war, "localhost", "/metrics").text())
                    .contains("understudy_circuit{model=\"gpt-4o\",provider=\"demo-slow\"} 0");
            assertThat(get(war, "rebound.example", "/status").status()).isEqualTo(404);
            assertThat(get(war, "localhost", "/status", "X-Forwarded-For", "127.0.0.1")
                            .status())
                    .isEqualTo(404);
        }
    }

    @Test
    void without_a_key_there_are_none() {
        try (RunningWar war = RunningWar.configured(CONFIGURATION)) {
            for (String path : List.of("/status", "/explain?model=gpt", "/exchanges", "/metrics", "/anything")) {
                assertThat(get(war, "localhost", path).status()).as(path).isEqualTo(404);
                assertThat(get(war, "localhost", path, "Authorization", "Bearer any")
                                .status())
                        .as(path)
                        .isEqualTo(404);
            }
            assertThat(get(war, "localhost", "/health").status()).isEqualTo(200);
            assertThat(get(war, "localhost", "/").status()).isEqualTo(200);
        }
    }

    @Test
    void health_says_when_the_gateway_drains() {
        try (Stage stage = Stage.open(1);
                RawCaller running = RawCaller.connect(stage.port())) {
            Scene scene = stage.next();
            scene.first().then(Reply.silence());
            running.post(
                    "/v1/chat/completions",
                    Scene.FIRST.request(scene.soloModel(), "Hi").getBytes(UTF_8));
            scene.first().awaitRequest();
            assertThat(get(stage.port(), "localhost", "/health").status()).isEqualTo(200);
            stage.process().destroy();
            int status = 200;
            while (status == 200) {
                status = get(stage.port(), "localhost", "/health").status();
            }
            assertThat(status).isEqualTo(503);
        }
    }

    private static RawAnswer get(RunningWar war, String host, String path, String... headers) {
        return get(URI.create(war.url()).getPort(), host, path, headers);
    }

    private static RawAnswer get(int port, String host, String path, String... headers) {
        StringBuilder head = new StringBuilder("GET /understudy%s HTTP/1.1\r\nHost: %s\r\n".formatted(path, host));
        for (int i = 0; i < headers.length; i += 2) {
            head.append(headers[i]).append(": ").append(headers[i + 1]).append("\r\n");
        }
        try (RawCaller caller = RawCaller.connect(port)) {
            return caller.send(head.append("\r\n").toString()).answer();
        }
    }
}
