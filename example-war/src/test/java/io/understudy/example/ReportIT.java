package io.understudy.example;

import static io.understudy.example.Scene.FIRST;
import static io.understudy.example.Scene.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.servlet.testing.RawAnswer;
import io.understudy.servlet.testing.Reply;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every answer, good or bad, comes with a report of who was asked and who served. */
class ReportIT {
    private static Stage stage;

    @BeforeAll
    static void open() {
        stage = Stage.open(20, "\"failover\": { \"baseDelay\": \"10ms\" }");
    }

    @AfterAll
    static void close() {
        stage.close();
    }

    @Test
    void the_report_says_who_served() {
        Scene scene = stage.next();
        scene.first().always(Reply.json(500, FIRST.error(500)));
        scene.second().then(Reply.json(200, SECOND.answer("ok")));
        Map<String, String> report = stage.ask(scene).headers().byName();
        assertThat(report)
                .containsEntry("x-understudy-provider", scene.secondName())
                .containsEntry("x-understudy-model", scene.secondModel())
                .containsEntry("x-understudy-attempts", "3");
        assertThat(report.get("x-understudy-trace"))
                .matches(TraceForm.of(
                        scene.firstName() + ";500;server_error",
                        scene.firstName() + ";500;server_error",
                        scene.secondName() + ";200"));
    }

    @Test
    void the_report_names_nobody_when_nobody_served() {
        Scene scene = stage.next();
        scene.first().always(Reply.json(401, FIRST.error(401)));
        scene.second().always(Reply.json(404, FIRST.error(404)));
        Map<String, String> report = stage.ask(scene).headers().byName();
        assertThat(report)
                .containsEntry("x-understudy-attempts", "2")
                .doesNotContainKeys("x-understudy-provider", "x-understudy-model");
        assertThat(report.get("x-understudy-trace"))
                .matches(
                        TraceForm.of(scene.firstName() + ";401;unauthorized", scene.secondName() + ";404;unavailable"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"req-1", "0af76519-16cd-43dd-8448-eb211c80319c", "A.b_c:9"})
    void a_sane_request_id_is_kept(String id) {
        Scene scene = stage.next();
        scene.first().always(Reply.json(200, FIRST.answer("ok")));
        Map<String, String> report =
                stage.ask(scene, "X-Request-Id", id).headers().byName();
        assertThat(report).containsEntry("x-understudy-request-id", id).containsEntry("x-request-id", id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "<script>", "é"})
    void another_request_id_is_replaced(String id) {
        assertReplaced(id);
    }

    @Test
    void an_endless_request_id_is_replaced() {
        assertReplaced("x".repeat(2000));
    }

    @Test
    void every_answer_has_a_request_id_of_its_own() {
        Scene scene = stage.next().secondAnswers();
        scene.first().always(Reply.json(200, FIRST.answer("ok")));
        assertThat(List.of(stage.ask(scene), stage.ask(scene), stage.ask(scene)))
                .extracting(answer ->
                        answer.headers().first("X-Understudy-Request-Id").orElseThrow())
                .doesNotHaveDuplicates()
                .allMatch(id -> !id.isBlank());
    }

    @Test
    void the_report_can_be_turned_off() {
        try (Stage discreet = Stage.open(1, "\"headers\": { \"report\": false }")) {
            Scene scene = discreet.next().secondAnswers();
            scene.first().always(Reply.json(503, FIRST.error(503)));
            HttpResponse<String> answer = discreet.caller().chat(FIRST.request(scene.model(), "Hi"));
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().map().keySet()).noneMatch(name -> name.startsWith("x-understudy-"));
        }
    }

    private static void assertReplaced(String id) {
        Scene scene = stage.next();
        scene.first().always(Reply.json(200, FIRST.answer("ok")));
        RawAnswer answer = stage.ask(scene, "X-Request-Id", id);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers().first("X-Understudy-Request-Id").orElseThrow())
                .isNotBlank()
                .isNotEqualTo(id);
    }
}
