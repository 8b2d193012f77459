package io.understudy.servlet.config;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.core.backoff.Backoff;
import io.understudy.core.backoff.Jitter;
import io.understudy.core.candidate.Candidate;
import io.understudy.core.failover.FailoverPolicy;
import io.understudy.core.failure.ReactionTable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is not written has its documented value, whether the whole section is absent or only empty. */
class DefaultsTest {
    private static final String EMPTY_SECTIONS = Example.top(", 'failover': {}, 'timeouts': {}, 'health': {},"
            + " 'streaming': {}, 'limits': {}, 'headers': {}, 'clientKeys': []");

    private final ScriptedWorld world = new ScriptedWorld();

    static List<String> texts() {
        return List.of(Example.MINIMAL, EMPTY_SECTIONS);
    }

    @ParameterizedTest
    @MethodSource("texts")
    void every_section_has_its_documented_defaults(String text) {
        Settings settings = world.read(text);

        assertThat(settings.failover())
                .isEqualTo(new FailoverPolicy(
                        3,
                        1,
                        new Backoff(ofMillis(100), ofSeconds(5), 2, Jitter.full()),
                        ofSeconds(3),
                        false,
                        true,
                        ReactionTable.defaults(),
                        Map.of()));
        assertThat(settings.timeouts())
                .isEqualTo(new TimeoutSettings(
                        ofSeconds(5), ofSeconds(120), ofSeconds(600), ofSeconds(60), ofSeconds(600), ofSeconds(60)));
        assertThat(settings.health())
                .isEqualTo(new HealthSettings(
                        true, 5, ofSeconds(10), ofSeconds(60), ofSeconds(5), new RetryBudgetSettings(20, 3)));
        assertThat(settings.streaming())
                .isEqualTo(new StreamingSettings(CommitOn.FIRST_CONTENT, ofSeconds(15), OnBreak.ERROR, false));
        assertThat(settings.limits())
                .isEqualTo(new LimitSettings(32 << 20, 32 << 20, ScriptedWorld.MAX_HEAP / 4, 10_000));
        assertThat(settings.headers()).isEqualTo(new HeaderSettings(true, List.of()));
        assertThat(settings.responseModel()).isEqualTo(ResponseModel.SERVED);
        assertThat(settings.clientKeys()).isEmpty();
        assertThat(settings.adminKey()).isNull();
        assertThat(settings.adminOpenOnLoopback()).isFalse();
        assertThat(settings.warnings()).isEmpty();
    }

    @Test
    void a_provider_is_enabled_and_has_nothing_special() {
        ProviderSettings provider =
                Objects.requireNonNull(world.read(Example.MINIMAL).providers().get("a"));

        assertThat(provider.enabled()).isTrue();
        assertThat(provider.transient400()).isFalse();
        assertThat(provider.transientPatterns()).isEmpty();
        assertThat(provider.apiKey()).isNull();
        assertThat(provider.headers()).isEmpty();
        assertThat(provider.query()).isEmpty();
        assertThat(provider.prefill()).isNull();
        assertThat(provider.proxy()).isNull();
        assertThat(provider.maxConcurrent()).isNull();
        assertThat(provider.timeouts()).isEqualTo(TimeoutSettings.defaults());
    }

    @Test
    void a_candidate_has_weight_one_priority_zero_and_the_public_name() {
        assertThat(world.read(Example.MINIMAL).models().get("m"))
                .containsExactly(new Candidate("a", "m", 1, 0, true, Set.of("chat", "responses", "embeddings")));
    }

    @Test
    void half_a_retry_budget_is_completed() {
        assertThat(world.read(Example.top(", 'health': {'retryBudget': {'percent': 50}}"))
                        .health()
                        .retryBudget())
                .isEqualTo(new RetryBudgetSettings(50, 3));
        assertThat(world.read(Example.top(", 'health': {'retryBudget': {'minPerSecond': 0}}"))
                        .health()
                        .retryBudget())
                .isEqualTo(new RetryBudgetSettings(20, 0));
    }

    @Test
    void a_retry_budget_of_null_is_none() {
        assertThat(world.read(Example.top(", 'health': {'retryBudget': null}")).health())
                .isEqualTo(new HealthSettings(true, 5, ofSeconds(10), ofSeconds(60), ofSeconds(5), null));
    }
}
