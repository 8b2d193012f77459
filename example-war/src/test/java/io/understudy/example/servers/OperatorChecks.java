package io.understudy.example.servers;

import static io.understudy.example.servers.Desk.REQUEST_ID;
import static io.understudy.example.servers.Guests.CHAT;
import static io.understudy.example.servers.Guests.ROOT;
import static io.understudy.example.servers.Providers.DOWN_FIRST;
import static io.understudy.example.servers.Providers.FAILING_FIRST;
import static io.understudy.example.servers.Providers.PLAIN;
import static io.understudy.example.servers.Scripts.WIRE;
import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.servlet.testing.RawAnswer;
import io.understudy.servlet.testing.RawCaller;
import io.understudy.servlet.testing.Reply;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What those who operate the application see of it: the admin resources, the page, and one record of each exchange. */
interface OperatorChecks {
    Trial trial();

    /** After a success and a failure, wherever the WAR is found. */
    @Test
    default void shows_operators_what_goes_on() {
        for (String context : trial().contexts()) {
            Desk desk = trial().desk(context);
            trial().providers().steady().then(Scripts.wholeStream());
            tellsOfBoth(desk.recordsOf(ask(context, WIRE.streamedRequest(FAILING_FIRST, "Hi"))));
            showsEveryCandidate(desk);
            explains(desk);
            assertThat(desk.look("/health").text()).isEqualTo("{\"status\":\"serving\"}");
            RawAnswer metrics = desk.look("/metrics");
            assertThat(type(metrics)).startsWith("text/plain").contains("version=0.0.4");
            assertThat(metrics.text()).contains("understudy_exchanges_total{");
            RawAnswer page = desk.look("/");
            assertThat(type(page)).startsWith("text/html");
            assertThat(page.headers().first("Content-Security-Policy").orElse("none"))
                    .contains("script-src 'sha256-");
            assertThat(page.text()).startsWith("<!doctype html>").contains("</html>");
        }
    }

    @Test
    default void records_each_exchange_once() {
        Providers providers = trial().providers();
        providers.steady().then(Scripts.hello());
        isRecorded(ask(ROOT, WIRE.request(PLAIN, "Hi")), "success", 200);
        providers.steady().then(Scripts.wholeStream());
        isRecorded(ask(ROOT, WIRE.streamedRequest(PLAIN, "Hi")), "success", 200);
        providers.second().then(Reply.json(500, WIRE.error(500)));
        isRecorded(ask(ROOT, WIRE.request(DOWN_FIRST, "Hi")), "failed", 502);
        providers.steady().then(Reply.stream(WIRE.streamed("cut").content()));
        isRecorded(ask(ROOT, WIRE.streamedRequest(PLAIN, "Hi")), "failed", 200);
        isRecorded(ask(ROOT, WIRE.request("nobody", "Hi")), "rejected", 404);
        isRecorded(ask(ROOT, "no JSON"), "rejected", 400);
        providers.steady().then(Scripts.slowly(500, Duration.ofMillis(10)));
        isRecorded(leave(WIRE.streamedRequest(PLAIN, "Hi")), "cancelled", 0);
    }

    private void isRecorded(String id, String outcome, int status) {
        List<JsonObject> records = trial().desk(ROOT).recordsOf(id);
        assertThat(records).hasSize(1);
        assertThat(records.get(0).getString("outcome")).isEqualTo(outcome);
        assertThat(records.get(0).getInt("status", 0)).isEqualTo(status);
    }

    /** Asks and hears the whole answer; answers the id of the request. */
    private String ask(String context, String json) {
        String id = UUID.randomUUID().toString();
        try (RawCaller caller = trial().caller().openWith(context + CHAT, json, REQUEST_ID, id)) {
            caller.answer();
        }
        return id;
    }

    /** Asks and goes when the answer has begun; answers the id of the request. */
    private String leave(String json) {
        String id = UUID.randomUUID().toString();
        try (RawCaller caller = trial().caller().openWith(CHAT, json, REQUEST_ID, id)) {
            caller.head();
        }
        return id;
    }

    private static void tellsOfBoth(List<JsonObject> records) {
        assertThat(records).hasSize(1);
        JsonObject exchange = records.get(0);
        assertThat(exchange.keySet())
                .contains("time", "dialect", "model", "status", "firstTokenMs", "durationMs", "inputTokens");
        assertThat(exchange.getString("outcome")).isEqualTo("success");
        assertThat(exchange.getString("provider")).isEqualTo("steady");
        List<JsonObject> attempts = exchange.getJsonArray("attempts").getValuesAs(JsonObject.class);
        assertThat(attempts).hasSize(2).allSatisfy(attempt -> assertThat(attempt.keySet())
                .contains("provider", "model", "status", "durationMs", "absorbed"));
        assertThat(attempts.get(0).getString("kind")).isEqualTo("server_error");
        assertThat(attempts.get(0).getBoolean("absorbed")).isTrue();
    }

    private static void showsEveryCandidate(Desk desk) {
        JsonObject status = desk.object("/status", shown -> candidate(shown, 1).get("firstTokenMs") != JsonValue.NULL);
        assertThat(status.getJsonObject("providers").keySet())
                .containsExactlyInAnyOrder("steady", "failing", "dropping", "down", "first", "second");
        assertThat(status.getJsonObject("providers").getJsonObject("steady").keySet())
                .containsExactlyInAnyOrder("dialects", "enabled", "cooldownSeconds");
        assertThat(candidate(status, 0).keySet())
                .containsExactlyInAnyOrder(
                        "provider",
                        "model",
                        "weight",
                        "priority",
                        "circuit",
                        "cooldownSeconds",
                        "lastFailure",
                        "requests",
                        "failures",
                        "latencyMs",
                        "firstTokenMs");
        assertThat(candidate(status, 0).getInt("failures")).isPositive();
        JsonObject failure = candidate(status, 0).getJsonObject("lastFailure");
        assertThat(failure.keySet()).containsExactlyInAnyOrder("kind", "status", "at");
        assertThat(failure.getInt("status")).isEqualTo(500);
        assertThat(candidate(status, 1).getInt("requests")).isPositive();
        assertThat(candidate(status, 1).getJsonObject("latencyMs").keySet()).containsExactlyInAnyOrder("p50", "p99");
    }

    private static JsonObject candidate(JsonObject status, int number) {
        return status.getJsonObject("models").getJsonArray(FAILING_FIRST).getJsonObject(number);
    }

    private static void explains(Desk desk) {
        JsonObject explained = desk.object("/explain?model=" + FAILING_FIRST);
        assertThat(explained.keySet()).containsExactlyInAnyOrder("model", "dialect", "candidates");
        JsonObject first = explained.getJsonArray("candidates").getJsonObject(0);
        assertThat(first.keySet())
                .containsExactlyInAnyOrder("provider", "model", "priority", "weight", "chanceFirst", "state", "reason");
        assertThat(first.getString("provider")).isEqualTo("failing");
    }

    private static String type(RawAnswer answer) {
        return answer.headers().first("Content-Type").orElse("none");
    }
}
