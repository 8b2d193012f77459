package io.understudy.servlet.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.servlet.report.AttemptRecord;
import io.understudy.servlet.report.ExchangeRecord.Outcome;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** However an exchange ends: once, with one record, and nothing of it stays behind. */
class ExchangeTest {
    private final ServedExchange served = new ServedExchange();

    /** Where an exchange can be when its caller leaves. */
    enum Phase {
        READING,
        BEFORE_THE_HEAD,
        BEFORE_THE_END,
        PAUSING,
        BEFORE_CONTENT,
        STREAMING
    }

    @AfterEach
    void nothing_stays_behind() {
        served.verifyOver();
    }

    @Test
    void a_plain_answer_is_relayed_and_recorded() throws IOException {
        served.begin(false);
        served.upstream().answer(200, "application/json", "{\"id\":\"x\"}");
        served.finish();
        assertThat(served.caller.status()).isEqualTo(200);
        assertThat(served.caller.text()).isEqualTo("{\"id\":\"x\"}");
        assertThat(served.record().outcome()).isEqualTo(Outcome.SUCCESS);
        assertThat(served.record().attempts()).extracting(AttemptRecord::status).containsExactly(200);
    }

    @Test
    void the_container_is_told_not_to_count_the_time() throws IOException {
        served.begin(false);
        assertThat(served.caller.timeout()).isZero();
        served.upstream().answer(200, "application/json", "{}");
        served.finish();
    }

    @Test
    void the_next_candidate_takes_over_and_the_failure_is_absorbed() throws IOException {
        served.begin(false);
        served.upstream().answer(404, "application/json", "{}");
        served.upstream().answer(200, "application/json", "{}");
        served.finish();
        assertThat(served.record().attempts())
                .extracting(AttemptRecord::absorbed)
                .containsExactly(true, false);
        assertThat(served.caller.headers())
                .containsEntry("X-Understudy-Attempts", "2")
                .containsEntry("X-Understudy-Provider", "b");
    }

    @Test
    void a_call_that_was_lost_after_it_had_been_sent_is_recorded_as_one_that_may_be_billed() throws IOException {
        served.begin(false);
        served.upstream().lose(new TimeoutException("silent"));
        served.upstream().answer(200, "application/json", "{}");
        served.finish();
        assertThat(served.record().attempts())
                .extracting(AttemptRecord::maybeBilled)
                .containsExactly(true, false);
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    void a_caller_who_leaves_ends_everything_in_whichever_phase(Phase phase) throws IOException {
        served.reach(phase);
        int calls = served.calls();
        served.leave();
        assertThat(served.calls()).isEqualTo(calls);
        assertThat(served.isAborted()).isEqualTo(calls > 0);
        assertThat(served.record().outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(served.record().status()).isNull();
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    void a_gateway_that_stops_tells_whoever_waits(Phase phase) throws IOException {
        served.reach(phase);
        served.stop();
        served.finish();
        if (phase == Phase.STREAMING) {
            assertThat(served.caller.status()).isEqualTo(200);
            assertThat(served.caller.text()).contains("event: error").doesNotContain("[DONE]");
        } else {
            assertThat(served.caller.status()).isEqualTo(503);
            assertThat(served.caller.text()).contains("gateway_stopping");
        }
        assertThat(served.record().outcome()).isEqualTo(Outcome.FAILED);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_client_that_throws_leaves_no_caller_waiting(boolean streamed) throws IOException {
        served.refuseCalls(new IllegalStateException("the client has been closed"));
        served.begin(streamed);
        served.finish();
        assertThat(served.caller.status()).isEqualTo(500);
        assertThat(served.caller.text()).contains("internal_error").doesNotContain("closed");
        assertThat(served.record().outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void a_listener_that_throws_does_not_keep_the_exchange_alive() throws IOException {
        served.failReports(new IllegalStateException("a foreign listener"));
        served.begin(false);
        served.upstream().answer(200, "application/json", "{}");
        served.finish();
        assertThat(served.caller.text()).isEqualTo("{}");
    }

    @Test
    void a_container_that_ends_the_request_by_itself_ends_the_call() throws IOException {
        served.begin(false);
        served.caller.containerEnds();
        assertThat(served.isAborted()).isTrue();
        assertThat(served.record().outcome()).isEqualTo(Outcome.CANCELLED);
    }

    @Test
    void a_refused_request_calls_nobody() throws IOException {
        served.beginWith("{\"model\":\"nothing\"}");
        served.finish();
        assertThat(served.calls()).isZero();
        assertThat(served.caller.status()).isEqualTo(404);
        assertThat(served.record().outcome()).isEqualTo(Outcome.REJECTED);
    }

    @Test
    void a_silent_provider_is_followed_by_the_next_one() throws IOException {
        served.begin(true);
        served.upstream().head(200, "text/event-stream").text(": only a comment\n\n");
        served.runOutOfTime();
        assertThat(served.calls()).isEqualTo(2);
        served.upstream()
                .answer(
                        200,
                        "text/event-stream",
                        "data: {\"choices\":[{\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n");
        served.finish();
        assertThat(served.record().attempts()).extracting(AttemptRecord::kind).containsExactly("timeout", null);
        assertThat(served.record().outcome()).isEqualTo(Outcome.SUCCESS);
    }

    @Test
    void a_stream_is_recorded_with_what_it_used() throws IOException {
        served.begin(true);
        served.upstream()
                .answer(
                        200,
                        "text/event-stream",
                        """
                        data: {"choices":[{"index":0,"delta":{"content":"Hi"}}]}

                        data: {"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":5}}

                        data: junk

                        data: [DONE]

                        """);
        served.finish();
        assertThat(served.record().outputTokens()).isEqualTo(5);
        assertThat(served.record().firstTokenMs()).isNotNull();
        assertThat(served.record().degraded()).isTrue();
        assertThat(served.caller.text()).endsWith("data: [DONE]\n\n").doesNotContain("junk");
    }
}
