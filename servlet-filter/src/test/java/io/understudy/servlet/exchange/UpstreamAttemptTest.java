package io.understudy.servlet.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.core.failure.Failure;
import io.understudy.core.failure.FailureKind;
import java.io.EOFException;
import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamAttemptTest {
    private static final String ROLE =
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}\n\n";

    private final CalledProvider provider = new CalledProvider();

    @AfterEach
    void there_was_one_verdict_at_most_and_everything_was_given_back() {
        provider.verify();
    }

    @Test
    void a_whole_answer_is_one_in_any_pieces() {
        provider.call(false);
        provider.head(200, "application/json");
        for (String piece :
                "{\"id\":\"x\",\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}}".split("(?<=\\G.{7})", -1)) {
            assertThat(provider.verdict()).isEqualTo("none");
            provider.body.text(piece);
        }
        provider.body.end();
        assertThat(provider.verdict()).isEqualTo("answered");
        assertThat(Objects.requireNonNull(provider.reading()).usage().outputTokens())
                .isEqualTo(2);
    }

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            200 | {}                                                                   | answered
            201 | {"id":"x"}                                                           | answered
            200 | ``                                                                   | bad_answer
            200 | <html>                                                               | bad_answer
            200 | {"id":                                                               | bad_answer
            200 | []                                                                   | bad_answer
            200 | {"error":null,"id":"x"}                                              | answered
            200 | {"error":{"message":"m"}}                                            | bad_answer
            200 | {"error":{"message":"m","type":"strange_error"}}                     | bad_answer
            200 | {"error":{"message":"m","code":429}}                                 | rate_limited
            200 | {"error":{"message":"m","code":422}}                                 | bad_answer
            200 | {"error":{"message":"m","code":502}}                                 | bad_answer
            200 | {"error":{"message":"m","type":"insufficient_quota"}}                | quota_exhausted
            200 | {"error":{"message":"m","code":"content_policy_violation"}}          | content_policy
            101 | {}                                                                   | bad_answer
            302 | {}                                                                   | bad_answer
            304 | {}                                                                   | bad_answer
            400 | {"error":{"message":"m","code":"context_length_exceeded"}}           | context_overflow
            400 | {"error":{"message":"m"}}                                            | bad_request
            401 | <html>                                                               | unauthorized
            429 | ``                                                                   | rate_limited
            500 | oops                                                                 | server_error
            503 | {"error":"busy"}                                                     | overloaded
            """)
    void an_answer_is_judged_by_its_status_and_body(int status, String body, String verdict) {
        provider.call(false);
        provider.head(status, "application/json");
        if (status >= 200 && (status < 300 || status >= 400)) {
            provider.body.text(body).end();
        }
        assertThat(provider.verdict()).isEqualTo(verdict);
    }

    @Test
    void an_error_answer_comes_with_its_failure_and_a_bad_one_without() {
        provider.call(false);
        provider.head(429, "application/json", "retry-after", "2");
        provider.body.text("{\"error\":{\"message\":\"m\"}}").end();
        assertThat(Objects.requireNonNull(provider.answer()).status()).isEqualTo(429);
        assertThat(Objects.requireNonNull(provider.failure().retryAfter()).toSeconds())
                .isEqualTo(2);
        assertThat(provider.isAborted()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 400})
    void an_answer_without_a_type_is_json(int status) {
        provider.call(false);
        provider.head(status, "");
        provider.body.text("{}").end();
        assertThat(Objects.requireNonNull(provider.answer()).contentType()).isEqualTo("application/json");
    }

    @Test
    void of_an_error_only_the_beginning_is_read() {
        provider.call(false);
        provider.head(500, "text/html");
        for (int i = 0; i < 5; i++) {
            provider.body.bytes(new byte[64 * 1024]);
        }
        assertThat(provider.verdict()).isEqualTo("server_error");
        assertThat(Objects.requireNonNull(provider.answer()).body()).hasSize(256 * 1024);
        assertThat(provider.isAborted()).isTrue();
    }

    @Test
    void an_answer_beyond_the_budget_is_nobodys_fault() {
        provider.call(false);
        provider.head(200, "application/json");
        provider.body.bytes(new byte[CalledProvider.BUDGET]);
        assertThat(provider.verdict()).isEqualTo("none");
        provider.body.bytes(new byte[1]);
        assertThat(provider.verdict()).isEqualTo("no room");
        assertThat(provider.isAborted()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_connection_lost_within_the_answer_is_maybe_billed(boolean streamed) {
        provider.call(streamed);
        provider.head(200, streamed ? "text/event-stream" : "application/json");
        provider.body.text(ROLE).broken(new EOFException("reset"));
        assertThat(provider.verdict()).isEqualTo("connection");
        assertThat(provider.failure().maybeBilled()).isTrue();
        assertThat(provider.failure().stale()).isFalse();
    }

    @Test
    void a_connection_lost_before_the_answer_is_billed_only_if_the_request_had_been_written() {
        provider.call(false);
        provider.lose(new IOException("refused"), false, false);
        assertThat(provider.failure().maybeBilled()).isFalse();
        CalledProvider written = new CalledProvider();
        written.call(false);
        written.lose(new IOException("reset"), true, false);
        assertThat(written.failure().maybeBilled()).isTrue();
    }

    @Test
    void a_dead_pooled_connection_is_nobodys_fault() {
        provider.call(false);
        provider.lose(new EOFException("reset"), true, true);
        assertThat(provider.failure().stale()).isTrue();
        assertThat(provider.failure().kind()).isEqualTo(FailureKind.CONNECTION);
    }

    @Test
    void a_time_out_is_told_once_and_ends_the_call() {
        provider.call(true);
        provider.timeOut();
        provider.head(200, "text/event-stream");
        provider.lose(new IOException("aborted"), true, false);
        assertThat(provider.verdict()).isEqualTo("timeout");
        assertThat(provider.isAborted()).isTrue();
    }

    @Test
    void a_cancelled_attempt_says_nothing_more() {
        provider.call(true);
        provider.cancel();
        provider.head(200, "text/event-stream");
        provider.lose(new IOException("aborted"), true, false);
        assertThat(provider.verdict()).isEqualTo("none");
        assertThat(provider.isAborted()).isTrue();
    }

    @Test
    void no_failure_repeats_what_the_upstream_said() {
        provider.call(false);
        provider.head(500, "application/json");
        provider.body
                .text("{\"error\":{\"message\":\"sk-secret\",\"type\":\"sk-secret\"}}")
                .end();
        Failure failure = provider.failure();
        assertThat(failure.message()).doesNotContain("secret");
    }
}
