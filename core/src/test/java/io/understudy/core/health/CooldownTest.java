package io.understudy.core.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.core.failure.CooldownScope;
import io.understudy.core.failure.Failure;
import io.understudy.core.failure.FailureKind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CooldownTest {
    private static final Duration USUAL = Duration.ofSeconds(5);

    private static @Nullable Cooldown after(FailureKind kind, int status, @Nullable Duration asked) {
        return Cooldown.after(Failure.of(kind, status, "failed").withRetryAfter(asked), USUAL);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "RATE_LIMITED, 429, PT30S, CANDIDATE, PT30S, true",
                "RATE_LIMITED, 429, PT1S, CANDIDATE, PT1S, true",
                "RATE_LIMITED, 429, -, CANDIDATE, PT5S, false",
                "RATE_LIMITED, 429, PT8760000H, CANDIDATE, PT24H, true",
                "OVERLOADED, 503, PT2S, CANDIDATE, PT2S, true",
                "QUOTA_EXHAUSTED, 429, -, PROVIDER, PT5M, true",
                "QUOTA_EXHAUSTED, 429, PT2S, PROVIDER, PT5M, true",
                "QUOTA_EXHAUSTED, 429, PT1H, PROVIDER, PT1H, true",
                "QUOTA_EXHAUSTED, 402, -, PROVIDER, PT5M, true",
                "QUOTA_EXHAUSTED, 402, PT2S, PROVIDER, PT2S, true",
                "UNAUTHORIZED, 401, -, PROVIDER, PT1M, false",
                "UNAUTHORIZED, 403, PT2S, PROVIDER, PT1M, false",
            })
    void follows_from_the_failure(
            FailureKind kind, int status, Duration asked, CooldownScope scope, Duration duration, boolean firm) {
        assertThat(after(kind, status, asked)).isEqualTo(new Cooldown(scope, duration, firm));
    }

    @Test
    void a_missing_model_cools_its_candidate_down() {
        Failure missing = Failure.of(FailureKind.UNAVAILABLE, 404, "no such model");
        assertThat(Cooldown.after(missing, USUAL)).isNull();
        assertThat(Cooldown.after(missing.withCooldown(CooldownScope.CANDIDATE), USUAL))
                .isEqualTo(new Cooldown(CooldownScope.CANDIDATE, Duration.ofMinutes(1), false));
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"RATE_LIMITED", "OVERLOADED", "QUOTA_EXHAUSTED", "UNAUTHORIZED"})
    void no_other_failure_begins_one(FailureKind kind) {
        assertThat(after(kind, 500, null)).isNull();
        assertThat(after(kind, 500, Duration.ofSeconds(9))).isNull();
    }

    @Test
    void an_overload_begins_one_only_if_it_says_how_long() {
        assertThat(after(FailureKind.OVERLOADED, 529, null)).isNull();
    }

    @Test
    void none_begins_where_the_usual_one_is_switched_off() {
        Failure limited = Failure.of(FailureKind.RATE_LIMITED, 429, "limited");
        assertThat(Cooldown.after(limited, Duration.ZERO)).isNull();
        assertThat(Cooldown.after(limited.withRetryAfter(USUAL), Duration.ZERO)).isNotNull();
    }
}
