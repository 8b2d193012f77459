package io.understudy.core.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.understudy.core.backoff.Backoff;
import io.understudy.core.failure.ReactionTable;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FailoverPolicyTest {
    private static FailoverPolicy policy(int candidates, int retries, Duration maxRetryAfter) {
        return new FailoverPolicy(
                candidates,
                retries,
                Backoff.defaults(),
                maxRetryAfter,
                false,
                true,
                ReactionTable.defaults(),
                Map.of());
    }

    @Test
    void the_defaults_are_the_documented_ones() {
        assertThat(FailoverPolicy.defaults()).isEqualTo(policy(3, 1, Duration.ofSeconds(3)));
    }

    @Test
    void refuses_impossible_values() {
        assertThatThrownBy(() -> policy(0, 1, Duration.ZERO)).hasMessage("maxProviderAttempts: 0 (expected: >= 1)");
        assertThatThrownBy(() -> policy(1, -1, Duration.ZERO)).hasMessage("sameProviderRetries: -1 (expected: >= 0)");
        assertThatThrownBy(() -> policy(1, 0, Duration.ofMillis(-1)))
                .hasMessage("maxRetryAfter: PT-0.001S (expected: >= 0)");
        assertThat(policy(1, 0, Duration.ZERO).maxRetryAfter()).isZero();
    }
}
