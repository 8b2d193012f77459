package io.understudy.servlet.config;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.core.backoff.Backoff;
import io.understudy.core.backoff.Jitter;
import io.understudy.core.candidate.Candidate;
import io.understudy.core.failover.FailoverPolicy;
import io.understudy.core.failure.FailureKind;
import io.understudy.core.failure.Reaction;
import io.understudy.core.failure.ReactionTable;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The example of the documentation is read with exactly the values that it has. */
class DocumentedExampleTest {
    private static final Set<String> OPENAI_DIALECTS = Set.of("chat", "responses", "embeddings");

    private static Settings settings;

    @BeforeAll
    static void read() {
        ScriptedWorld world = new ScriptedWorld();
        world.environment.put("OPENAI_API_KEY", "key-openai");
        world.environment.put("AZURE_KEY", "key-azure");
        world.environment.put("ANTHROPIC_API_KEY", "key-claude");
        world.environment.put("UNDERSTUDY_CLIENT_KEY", "key-client");
        settings = world.reader().read(DocumentedText.read());
    }

    @Test
    void providers_keep_the_order_of_the_file() {
        assertThat(settings.providers().keySet()).containsExactly("openai", "azure", "claude", "vllm");
        settings.providers()
                .forEach((name, provider) -> assertThat(provider.name()).isEqualTo(name));
    }

    @Test
    void a_provider_has_what_its_type_gives_it() {
        assertThat(settings.providers().get("openai"))
                .isEqualTo(new ProviderSettings(
                        "openai",
                        ProviderType.OPENAI,
                        URI.create("https://api.openai.com/v1"),
                        new Secret("key-openai"),
                        OPENAI_DIALECTS,
                        Map.of(),
                        Map.of(),
                        true,
                        false,
                        List.of(),
                        null,
                        null,
                        null,
                        null,
                        TimeoutSettings.defaults()));
        assertThat(settings.providers().get("claude"))
                .isEqualTo(new ProviderSettings(
                        "claude",
                        ProviderType.ANTHROPIC,
                        URI.create("https://api.anthropic.com/v1"),
                        new Secret("key-claude"),
                        Set.of("messages"),
                        Map.of(),
                        Map.of(),
                        true,
                        false,
                        List.of(),
                        null,
                        null,
                        null,
                        null,
                        TimeoutSettings.defaults()));
    }

    @Test
    void a_provider_has_what_the_file_gives_it() {
        assertThat(settings.providers().get("azure"))
                .isEqualTo(new ProviderSettings(
                        "azure",
                        ProviderType.AZURE,
                        URI.create("https://acme.openai.azure.com/openai/v1"),
                        new Secret("key-azure"),
                        OPENAI_DIALECTS,
                        Map.of(),
                        Map.of("api-version", "preview"),
                        true,
                        false,
                        List.of(),
                        null,
                        null,
                        null,
                        null,
                        TimeoutSettings.defaults()));
        assertThat(settings.providers().get("vllm"))
                .isEqualTo(new ProviderSettings(
                        "vllm",
                        ProviderType.OPENAI,
                        URI.create("http://10.0.0.7:8000/v1"),
                        null,
                        Set.of("chat"),
                        Map.of("X-Team", "search"),
                        Map.of(),
                        true,
                        true,
                        List.of(),
                        true,
                        URI.create("http://proxy.local:3128"),
                        null,
                        null,
                        TimeoutSettings.defaults()));
    }

    @Test
    void models_have_their_candidates() {
        assertThat(settings.models().keySet()).containsExactly("gpt-4o", "claude-sonnet-4-5");
        assertThat(settings.models().get("gpt-4o"))
                .containsExactly(
                        new Candidate("openai", "gpt-4o", 70, 0, true, OPENAI_DIALECTS),
                        new Candidate("azure", "gpt4o-prod", 30, 0, true, OPENAI_DIALECTS),
                        new Candidate("vllm", "qwen3-72b", 1, 1, true, Set.of("chat")));
        assertThat(settings.models().get("claude-sonnet-4-5"))
                .containsExactly(new Candidate("claude", "claude-sonnet-4-5", 1, 0, true, Set.of("messages")));
        assertThat(settings.sameSpace()).containsOnlyKeys("gpt-4o", "claude-sonnet-4-5");
        assertThat(settings.sameSpace().values()).containsOnly(Set.of());
    }

    @Test
    void failover_is_as_written() {
        assertThat(settings.failover())
                .isEqualTo(new FailoverPolicy(
                        3,
                        1,
                        new Backoff(ofMillis(100), ofSeconds(5), 2, Jitter.full()),
                        ofSeconds(3),
                        false,
                        true,
                        ReactionTable.defaults()
                                .with(Map.of(FailureKind.BAD_REQUEST, Reaction.NEXT), Map.of(404, Reaction.FAIL)),
                        Map.of()));
    }

    @Test
    void timeouts_are_as_written() {
        assertThat(settings.timeouts())
                .isEqualTo(new TimeoutSettings(
                        ofSeconds(5), ofSeconds(120), ofSeconds(600), ofSeconds(60), ofSeconds(600), ofSeconds(60)));
    }

    @Test
    void health_is_as_written() {
        assertThat(settings.health())
                .isEqualTo(new HealthSettings(
                        true, 5, ofSeconds(10), ofSeconds(60), ofSeconds(5), new RetryBudgetSettings(20, 3)));
    }

    @Test
    void streaming_limits_and_headers_are_as_written() {
        assertThat(settings.streaming())
                .isEqualTo(new StreamingSettings(CommitOn.FIRST_CONTENT, ofSeconds(15), OnBreak.ERROR, false));
        assertThat(settings.limits())
                .isEqualTo(new LimitSettings(33_554_432, 33_554_432, ScriptedWorld.MAX_HEAP / 4, 10_000));
        assertThat(settings.headers()).isEqualTo(new HeaderSettings(true, List.of()));
        assertThat(settings.responseModel()).isEqualTo(ResponseModel.SERVED);
    }

    @Test
    void keys_are_as_the_environment_has_them() {
        assertThat(settings.clientKeys()).containsExactly(new ClientKey("client-1", new Secret("key-client"), null));
        assertThat(settings.adminKey()).isNull();
        assertThat(settings.adminOpenOnLoopback()).isFalse();
    }

    @Test
    void nothing_in_it_is_doubtful() {
        assertThat(settings.warnings()).isEmpty();
    }
}
