package io.understudy.core.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a foreign client throws, once somebody has said where in it the upstream's answer is. */
class ReadExceptionsTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    private final Function<Throwable, Failure> reading =
            FailureClassifier.defaults().reading(ReadExceptionsTest::answer, InstantSource.fixed(NOW));

    @SuppressWarnings("serial") // Never serialized.
    private static final class AnsweredException extends RuntimeException {
        final ErrorFacts facts;

        AnsweredException(ErrorFacts facts, @Nullable Throwable cause) {
            super(cause);
            this.facts = facts;
        }
    }

    private static @Nullable ErrorFacts answer(Throwable thrown) {
        return thrown instanceof AnsweredException answered ? answered.facts : null;
    }

    private static AnsweredException answered(ErrorFacts facts) {
        return new AnsweredException(facts, null);
    }

    @Test
    void an_answer_is_classified_as_the_gateway_would_and_keeps_its_exception() {
        ErrorFacts facts = ErrorFacts.of(429)
                .withHeaders(Map.of("Retry-After", List.of("Fri, 20 Nov 2026 12:00:07 GMT", "9")))
                .withError("requests", "rate_limit_exceeded", "slow down");
        AnsweredException thrown = answered(facts);
        Failure failure = reading.apply(thrown);
        assertThat(failure.kind()).isEqualTo(FailureKind.RATE_LIMITED);
        assertThat(failure.status()).isEqualTo(429);
        assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(7));
        assertThat(failure.cause()).isSameAs(thrown);
    }

    @Test
    void code_and_text_count_as_much_as_the_status() {
        assertThat(reading.apply(answered(ErrorFacts.of(429).withError(null, "insufficient_quota", null)))
                        .kind())
                .isEqualTo(FailureKind.QUOTA_EXHAUSTED);
        assertThat(reading.apply(answered(ErrorFacts.of(400).withError(null, null, "prompt is too long")))
                        .kind())
                .isEqualTo(FailureKind.CONTEXT_OVERFLOW);
    }

    @Test
    void an_answer_is_looked_for_in_the_causes_and_the_outermost_exception_is_kept() {
        Throwable wrapped = new CompletionException(new IllegalStateException(answered(ErrorFacts.of(503))));
        Failure failure = reading.apply(wrapped);
        assertThat(failure.kind()).isEqualTo(FailureKind.OVERLOADED);
        assertThat(failure.cause()).isSameAs(wrapped);
    }

    @Test
    void the_answer_nearest_to_the_caller_counts_whatever_caused_it() {
        Throwable inner = new AnsweredException(ErrorFacts.of(401), new IOException("reset"));
        assertThat(reading.apply(inner).kind()).isEqualTo(FailureKind.UNAUTHORIZED);
        assertThat(reading.apply(new AnsweredException(ErrorFacts.of(500), inner))
                        .kind())
                .isEqualTo(FailureKind.SERVER_ERROR);
    }

    @Test
    void an_exception_without_an_answer_is_judged_by_its_type_as_if_the_request_had_been_sent() {
        Failure reset = reading.apply(new RuntimeException(new IOException("reset")));
        assertThat(reset.kind()).isEqualTo(FailureKind.CONNECTION);
        assertThat(reset.maybeBilled()).isTrue();
        assertThat(reading.apply(new ConnectException("refused")).maybeBilled()).isFalse();
        assertThat(reading.apply(new IllegalArgumentException("mistake")).kind())
                .isEqualTo(FailureKind.BAD_REQUEST);
    }

    @Test
    void an_answer_that_could_not_be_read_is_told_by_a_status_of_success() {
        assertThat(reading.apply(answered(ErrorFacts.of(200))).kind()).isEqualTo(FailureKind.BAD_ANSWER);
    }

    @Test
    void names_of_headers_are_compared_without_case_and_one_without_a_value_says_nothing() {
        ErrorFacts facts =
                ErrorFacts.of(503).withHeaders(Map.of("RETRY-AFTER-MS", List.of(), "Retry-After", List.of("2")));
        assertThat(facts.headers()).containsOnly(Map.entry("retry-after", "2"));
        assertThat(reading.apply(answered(facts)).retryAfter()).isEqualTo(Duration.ofSeconds(2));
    }
}
