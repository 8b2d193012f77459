package io.understudy.core.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailureTest {
    @ParameterizedTest
    @ValueSource(longs = {0, -1})
    void refuses_a_wait_that_is_none(long millis) {
        Failure failure = Failure.of(FailureKind.OVERLOADED, 503, "overloaded");
        Duration wait = Duration.ofMillis(millis);
        assertThatThrownBy(() -> failure.withRetryAfter(wait))
                .hasMessage("retryAfter: " + wait + " (expected: > 0, or null)");
    }

    @Test
    void only_a_connection_can_be_stale() {
        assertThatThrownBy(() ->
                        new Failure(FailureKind.TIMEOUT, null, null, "late", false, true, CooldownScope.NONE, null))
                .hasMessage("stale: true with kind timeout (expected: connection)");
    }

    @Test
    void changes_one_thing_at_a_time() {
        Failure failure = Failure.of(FailureKind.UNAVAILABLE, 404, "no such model");
        IOException cause = new IOException();
        Failure changed = failure.billed()
                .withRetryAfter(Duration.ofSeconds(1))
                .withCooldown(CooldownScope.CANDIDATE)
                .withCause(cause);
        assertThat(failure)
                .isEqualTo(new Failure(
                        FailureKind.UNAVAILABLE, 404, null, "no such model", false, false, CooldownScope.NONE, null));
        assertThat(changed)
                .isEqualTo(new Failure(
                        FailureKind.UNAVAILABLE,
                        404,
                        Duration.ofSeconds(1),
                        "no such model",
                        true,
                        false,
                        CooldownScope.CANDIDATE,
                        cause));
    }

    @Test
    void a_stale_connection_blames_nobody() {
        IOException cause = new IOException();
        Failure stale = Failure.staleConnection(true, cause);
        assertThat(stale.kind()).isEqualTo(FailureKind.CONNECTION);
        assertThat(stale.stale()).isTrue();
        assertThat(stale.maybeBilled()).isTrue();
        assertThat(stale.cause()).isSameAs(cause);
        assertThat(stale.blame()).isEqualTo(Blame.NEUTRAL);
        assertThat(Failure.of(FailureKind.CONNECTION, "refused").blame()).isEqualTo(Blame.COUNTS);
    }

    @Test
    void only_an_answer_proves_life() {
        assertThat(Failure.of(FailureKind.BAD_REQUEST, 400, "bad").blame()).isEqualTo(Blame.ALIVE);
        assertThat(Failure.of(FailureKind.BAD_REQUEST, "cannot be called").blame())
                .isEqualTo(Blame.NEUTRAL);
    }
}
