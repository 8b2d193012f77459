package io.understudy.core.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureKindTest {
    @ParameterizedTest
    @CsvSource({
        "RATE_LIMITED, rate_limited, RETRY, NEUTRAL, CANDIDATE",
        "OVERLOADED, overloaded, RETRY, COUNTS, CANDIDATE",
        "SERVER_ERROR, server_error, RETRY, COUNTS, NONE",
        "REQUEST_TIMEOUT, request_timeout, RETRY, COUNTS, NONE",
        "CONNECTION, connection, RETRY, COUNTS, NONE",
        "TIMEOUT, timeout, NEXT, COUNTS, NONE",
        "QUOTA_EXHAUSTED, quota_exhausted, NEXT, NEUTRAL, PROVIDER",
        "UNAUTHORIZED, unauthorized, NEXT, NEUTRAL, PROVIDER",
        "UNAVAILABLE, unavailable, NEXT, NEUTRAL, NONE",
        "CONTEXT_OVERFLOW, context_overflow, NEXT, NEUTRAL, NONE",
        "CONTENT_POLICY, content_policy, FAIL, ALIVE, NONE",
        "TRANSIENT_400, transient_400, RETRY, NEUTRAL, NONE",
        "BAD_REQUEST, bad_request, FAIL, ALIVE, NONE",
        "BAD_ANSWER, bad_answer, NEXT, COUNTS, NONE",
        "CANCELLED, cancelled, FAIL, NEUTRAL, NONE"
    })
    void leads_to_what_its_row_says(
            FailureKind kind, String label, Reaction reaction, Blame blame, CooldownScope cooldown) {
        assertThat(kind.label()).isEqualTo(label);
        assertThat(kind.reaction()).isEqualTo(reaction);
        assertThat(kind.blame()).isEqualTo(blame);
        assertThat(kind.cooldown()).isEqualTo(cooldown);
    }

    @Test
    void has_no_row_that_the_table_above_forgets() {
        assertThat(FailureKind.values()).hasSize(15);
        assertThat(Arrays.stream(FailureKind.values()).map(FailureKind::label)).doesNotHaveDuplicates();
    }
}
