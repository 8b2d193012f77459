package io.understudy.servlet.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.core.failover.Attempt;
import io.understudy.core.failover.AttemptFailure;
import io.understudy.core.failover.End;
import io.understudy.core.failover.Summary;
import io.understudy.core.failure.Failure;
import io.understudy.core.failure.FailureKind;
import io.understudy.servlet.fake.Configured;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FailureAnswerTest {
    private static final Duration WAIT = Duration.ofSeconds(7);

    /** The table of the contract: what happened at which provider, how it ended, and the gateway's own answer. */
    @ParameterizedTest(name = "{0} ({1}): {2} {3}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            a server_error 500                            | EXHAUSTED   | 500 | provider_error
            a overloaded 529                              | EXHAUSTED   | 529 | provider_error
            a rate_limited 429                            | EXHAUSTED   | 429 | provider_error
            a rate_limited 429, a rate_limited 429        | EXHAUSTED   | 429 | provider_error
            a server_error 503, a server_error 500        | EXHAUSTED   | 500 | provider_error
            a unavailable 404                             | EXHAUSTED   | 404 | provider_error
            a unauthorized 401                            | EXHAUSTED   | 502 | provider_error
            a unauthorized 403                            | EXHAUSTED   | 502 | provider_error
            a quota_exhausted 402                         | EXHAUSTED   | 502 | provider_error
            a quota_exhausted 429                         | EXHAUSTED   | 429 | provider_error
            a server_error 500                            | DEADLINE    | 500 | provider_error
            a bad_answer -                                | EXHAUSTED   | 502 | all_providers_failed
            a bad_answer 200                              | EXHAUSTED   | 502 | all_providers_failed
            a connection -                                | EXHAUSTED   | 502 | all_providers_failed
            a server_error 500, a connection -            | EXHAUSTED   | 502 | all_providers_failed
            a rate_limited 429, b rate_limited 429        | EXHAUSTED   | 429 | all_providers_rate_limited
            a rate_limited 429, b rate_limited -          | EXHAUSTED   | 429 | all_providers_rate_limited
            a rate_limited 429, b rate_limited 429        | UNAVAILABLE | 429 | all_providers_rate_limited
            a rate_limited 429, b server_error 500        | EXHAUSTED   | 502 | all_providers_failed
            a rate_limited 429, b overloaded 503          | EXHAUSTED   | 502 | all_providers_failed
            a timeout -                                   | EXHAUSTED   | 504 | upstream_timeout
            a server_error 500, b timeout -               | EXHAUSTED   | 504 | upstream_timeout
            a timeout -, b server_error 500               | EXHAUSTED   | 502 | all_providers_failed
            a server_error 500, b server_error 500        | DEADLINE    | 504 | upstream_timeout
            a server_error 500, b server_error 500        | EXHAUSTED   | 502 | all_providers_failed
            a unauthorized 401, b unauthorized 401        | EXHAUSTED   | 502 | all_providers_failed
            a context_overflow 400, b server_error 500    | EXHAUSTED   | 502 | all_providers_failed
            a connection -                                | FAIL        | 502 | provider_error
            a content_policy -                            | FAIL        | 400 | provider_error
            a unavailable -                               | FAIL        | 404 | provider_error
            a overloaded -                                | FAIL        | 503 | provider_error
            a unauthorized 401                            | FAIL        | 502 | provider_error
            a quota_exhausted 402                         | FAIL        | 502 | provider_error
            """)
    void the_gateways_own_answer_follows_the_table(String failures, End end, int status, String code) {
        FailureAnswer answer = FailureAnswer.of(summary(end, failures), null, false);
        assertThat(answer.passed()).isNull();
        assertThat(answer.own().status()).isEqualTo(status);
        assertThat(answer.own().code()).isEqualTo(code);
        assertThat(answer.own().callersFault()).isFalse();
    }

    /** What happened, and whether the last upstream's answer is passed on. */
    @ParameterizedTest(name = "{0} ({1}), last answer {2}: passed on: {3}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            a bad_request 400                             | FAIL        | 400 | true
            a bad_request 422                             | FAIL        | 422 | true
            a server_error 500, b bad_request 400         | FAIL        | 400 | true
            a content_policy 403                          | FAIL        | 403 | true
            a unavailable 404                             | FAIL        | 404 | true
            a server_error 500                            | FAIL        | 500 | true
            a content_policy 400                          | FAIL        | 200 | false
            a unauthorized 401                            | FAIL        | 401 | false
            a unauthorized 400                            | FAIL        | 400 | false
            a quota_exhausted 402                         | FAIL        | 402 | false
            a context_overflow 400                        | EXHAUSTED   | 400 | true
            a context_overflow 400, b context_overflow 413 | EXHAUSTED  | 413 | true
            a bad_request 400, b bad_request 400          | EXHAUSTED   | 400 | true
            a bad_request 400, b context_overflow 400     | EXHAUSTED   | 400 | true
            a bad_request 400, b content_policy 400       | DEADLINE    | 400 | true
            a bad_request 400, b server_error 500         | EXHAUSTED   | 500 | false
            a server_error 500, b context_overflow 400    | EXHAUSTED   | 400 | false
            a server_error 500                            | EXHAUSTED   | 500 | false
            a rate_limited 429, b rate_limited 429        | EXHAUSTED   | 429 | false
            """)
    void an_upstreams_answer_is_passed_on_where_it_is_the_callers_business(
            String failures, End end, int lastStatus, boolean passed) {
        UpstreamAnswer last = new UpstreamAnswer(lastStatus, "application/json", Map.of(), false, new byte[0]);
        FailureAnswer answer = FailureAnswer.of(summary(end, failures), last, false);
        assertThat(answer.passed()).isEqualTo(passed ? last : null);
    }

    @Test
    void what_is_nowhere_to_be_found_is_told_as_the_last_one_said_it() {
        UpstreamAnswer last = new UpstreamAnswer(404, "application/json", Map.of(), false, new byte[0]);
        Summary summary = summary(End.EXHAUSTED, "a unavailable 404, b unavailable 404");
        assertThat(FailureAnswer.of(summary, last, true).passed()).isSameAs(last);
        assertThat(FailureAnswer.of(summary, last, false).passed()).isNull();
    }

    @Test
    void when_nobody_could_be_asked_the_caller_may_come_back() {
        FailureAnswer answer = FailureAnswer.of(new Summary(End.UNAVAILABLE, List.of(), WAIT), null, false);
        assertThat(answer.own().status()).isEqualTo(429);
        assertThat(answer.own().code()).isEqualTo("all_providers_rate_limited");
        assertThat(answer.retryAfter()).isEqualTo(WAIT);
    }

    @Test
    void when_time_was_up_before_anybody_was_asked_it_is_a_timeout() {
        FailureAnswer answer = FailureAnswer.of(new Summary(End.DEADLINE, List.of(), null), null, false);
        assertThat(answer.own().status()).isEqualTo(504);
    }

    @Test
    void the_wait_that_helps_is_told_with_a_rate_limit() {
        assertThat(FailureAnswer.of(summary(End.EXHAUSTED, "a rate_limited 429"), null, false)
                        .retryAfter())
                .isEqualTo(WAIT);
        assertThat(FailureAnswer.of(summary(End.EXHAUSTED, "a rate_limited 429, b rate_limited 429"), null, false)
                        .retryAfter())
                .isEqualTo(WAIT);
    }

    @Test
    void the_message_names_providers_kinds_and_statuses_each_once_and_nothing_else() {
        Summary summary = summary(End.EXHAUSTED, "a server_error 500, a server_error 500, b connection -");
        assertThat(FailureAnswer.of(summary, null, false).own().message())
                .isEqualTo("a: server_error (500); b: connection");
    }

    @ParameterizedTest
    @EnumSource(FailureKind.class)
    void every_kind_has_a_status_of_an_error(FailureKind kind) {
        assertThat(FailureAnswer.statusOf(kind)).isBetween(400, 599).isNotIn(401, 402, 403);
    }

    private static Summary summary(End end, String failures) {
        List<AttemptFailure> attempts = new ArrayList<>();
        for (String failed : failures.split(", ", -1)) {
            List<String> words = List.of(failed.split(" ", -1));
            attempts.add(failed(attempts.size() + 1, words.get(0), words.get(1), words.get(2)));
        }
        return new Summary(end, attempts, WAIT);
    }

    private static AttemptFailure failed(int id, String provider, String kind, String status) {
        FailureKind failureKind = FailureKind.valueOf(kind.toUpperCase(Locale.ROOT));
        @Nullable Integer answered = status.equals("-") ? null : Integer.valueOf(status);
        Failure failure = answered == null
                ? Failure.of(failureKind, "upstream text: sk-secret")
                : Failure.of(failureKind, answered, "upstream text: sk-secret");
        return new AttemptFailure(
                new Attempt(id, Configured.candidate(provider, "m"), 1), failure, failureKind.reaction());
    }
}
