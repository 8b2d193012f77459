package io.understudy.servlet.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.servlet.config.HeaderSettings;
import io.understudy.servlet.config.Secret;
import io.understudy.servlet.config.StreamingSettings;
import io.understudy.servlet.dialect.ApiError;
import io.understudy.servlet.fake.FakeCaller;
import io.understudy.servlet.fake.FakeRequest;
import io.understudy.servlet.fake.ManualScheduler;
import io.understudy.servlet.inbound.InboundRequest;
import io.understudy.servlet.inbound.Routes;
import io.understudy.servlet.loop.SerialLoop;
import io.understudy.servlet.loop.Timers;
import io.understudy.servlet.relay.CallerOutput;
import io.understudy.servlet.upstream.Masking;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyTest {
    private static final Map<String, List<String>> UPSTREAMS = Map.of(
            "x-ratelimit-remaining-requests", List.of("7"),
            "retry-after", List.of("3600"),
            "set-cookie", List.of("a=b"),
            "x-request-id", List.of("req_1"));

    private final FakeCaller caller = new FakeCaller();
    private final List<Throwable> troubles = new ArrayList<>();

    @AfterEach
    void nothing_went_wrong() {
        assertThat(troubles).isEmpty();
    }

    /** An error of the gateway's own, and what it tells the SDK about another try. */
    @ParameterizedTest(name = "{0} with a wait of {1} ms, the caller''s fault: {2}")
    @CsvSource(
            nullValues = "-",
            textBlock =
                    """
            429, 1500,   false, 2,   true
            429, 1,      false, 1,   true
            429, 60000,  false, 60,  true
            429, 60001,  false, 61,  false
            429, -,      false, -,   false
            503, 1000,   true,  1,   -
            503, 1000,   false, 1,   true
            503, -,      false, -,   false
            502, 1000,   false, -,   false
            504, 1000,   false, -,   false
            500, -,      false, -,   false
            529, 1000,   false, -,   false
            400, 1000,   true,  -,   -
            404, -,      true,  -,   -
            """)
    void only_a_wait_that_helps_soon_invites_to_another_try(
            int status, @Nullable Long wait, boolean callersFault, @Nullable String retryAfter, @Nullable String retry)
            throws IOException {
        reply(true)
                .error(
                        new ApiError(status, "a_code", "m", callersFault),
                        wait == null ? null : Duration.ofMillis(wait));
        caller.goOn();
        assertThat(caller.status()).isEqualTo(status);
        assertThat(caller.headers().get("Retry-After")).isEqualTo(retryAfter);
        assertThat(caller.headers().get("x-should-retry")).isEqualTo(retry);
        assertThat(caller.headers()).containsEntry("Content-Type", "application/json");
        assertThat(caller.text()).contains("\"a_code\"");
        assertThat(caller.completions()).isEqualTo(1);
    }

    @Test
    void every_answer_carries_the_request_id_under_both_names() throws IOException {
        reply(true).error(ApiError.failure(502, "c", "m"), null);
        caller.goOn();
        assertThat(caller.headers())
                .containsEntry("X-Understudy-Request-Id", "id-1")
                .containsEntry("x-request-id", "id-1")
                .containsEntry("X-Understudy-Attempts", "0")
                .doesNotContainKeys("X-Understudy-Provider", "X-Understudy-Model", "X-Understudy-Trace");
    }

    @Test
    void the_report_can_be_turned_off() throws IOException {
        reply(false).error(ApiError.failure(429, "c", "m"), Duration.ofSeconds(1));
        caller.goOn();
        assertThat(caller.headers())
                .containsOnlyKeys("Content-Type", "Content-Length", "Retry-After", "x-should-retry");
    }

    @Test
    void a_whole_answer_keeps_status_type_and_body_and_the_listed_headers() throws IOException {
        reply(true).success(answer(201, "application/json; charset=utf-8", "{\"id\": 1}"));
        caller.goOn();
        assertThat(caller.status()).isEqualTo(201);
        assertThat(caller.text()).isEqualTo("{\"id\": 1}");
        assertThat(caller.headers())
                .containsEntry("Content-Type", "application/json; charset=utf-8")
                .containsEntry("x-ratelimit-remaining-requests", "7")
                .containsEntry("X-Understudy-Upstream-Request-Id", "req_1")
                .containsEntry("x-request-id", "id-1")
                .doesNotContainKeys("retry-after", "Retry-After", "set-cookie", "x-should-retry");
    }

    @Test
    void an_upstreams_error_is_passed_on_but_for_its_keys() throws IOException {
        String body = "{ \"error\": {\"message\": \"bad key topsecret, see https://x.y/z?key=abc\"} }";
        reply(true).upstreamError(answer(422, "application/problem+json", body));
        caller.goOn();
        assertThat(caller.status()).isEqualTo(422);
        assertThat(caller.text()).isEqualTo("{ \"error\": {\"message\": \"bad key ***, see https://x.y/z?***\"} }");
        assertThat(caller.headers())
                .containsEntry("Content-Type", "application/problem+json")
                .containsEntry("x-should-retry", "false")
                .doesNotContainKeys("retry-after", "Retry-After", "set-cookie");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>topsecret</html>", "{\"error\":", "{} {}", "oops \"quoted\"\n\u0000"})
    void an_upstreams_error_that_is_not_json_is_wrapped(String body) throws IOException {
        reply(true).upstreamError(answer(413, "text/html", body));
        caller.goOn();
        assertThat(caller.status()).isEqualTo(413);
        assertThat(caller.headers()).containsEntry("Content-Type", "application/json");
        assertThat(caller.text()).contains("\"code\":\"unparseable_error\"").doesNotContain("topsecret");
    }

    @Test
    void a_stream_has_the_headers_that_keep_it_flowing() throws IOException {
        Reply reply = reply(true);
        reply.openStream(UPSTREAMS, false);
        reply.openStream(Map.of("x-ratelimit-limit-requests", List.of("9")), false);
        caller.goOn();
        assertThat(caller.status()).isEqualTo(200);
        assertThat(caller.headers())
                .containsEntry("Content-Type", "text/event-stream")
                .containsEntry("Cache-Control", "no-cache, no-transform")
                .containsEntry("X-Accel-Buffering", "no")
                .containsEntry("x-ratelimit-remaining-requests", "7")
                .doesNotContainKeys("Content-Length", "set-cookie", "x-ratelimit-limit-requests");
    }

    @Test
    void once_the_answer_is_open_an_error_is_an_event_and_the_end() throws IOException {
        Reply reply = reply(true);
        reply.openStream(Map.of(), false);
        reply.error(ApiError.failure(502, "all_providers_failed", "a: timeout"), null);
        caller.goOn();
        assertThat(caller.status()).isEqualTo(200);
        assertThat(caller.text())
                .startsWith("event: error\ndata: {")
                .endsWith("}\n\n")
                .doesNotContain("[DONE]");
        assertThat(caller.completions()).isEqualTo(1);
    }

    private Reply reply(boolean report) {
        InboundRequest request = Objects.requireNonNull(Routes.below("/v1")
                .match(FakeRequest.post("/v1/chat/completions")
                        .header("X-Request-Id", "id-1")
                        .servlet()));
        SerialLoop loop = new SerialLoop(troubles::add);
        CallerOutput output = new CallerOutput(
                caller.context(),
                caller.response(),
                loop,
                new Timers(new ManualScheduler(), loop),
                Duration.ofHours(1),
                troubles::add);
        Masking masking = new Masking(List.of(new Secret("topsecret")));
        return new Reply(
                output,
                request,
                new Journal(request),
                masking,
                new HeaderSettings(report, List.of()),
                StreamingSettings.defaults());
    }

    private static UpstreamAnswer answer(int status, String type, String body) {
        return new UpstreamAnswer(status, type, UPSTREAMS, false, body.getBytes(UTF_8));
    }
}
