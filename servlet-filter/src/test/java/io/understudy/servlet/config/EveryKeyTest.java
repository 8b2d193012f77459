package io.understudy.servlet.config;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
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
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every key can be set to something else than its default, and arrives. */
class EveryKeyTest {
    private final ScriptedWorld world = new ScriptedWorld();

    @Test
    void failover() {
        FailoverPolicy failover = world.read(
                        Example.top(
                                """
                                , 'failover': {'maxProviderAttempts': 5, 'sameProviderRetries': 0, 'baseDelay': '0ms', 'maxDelay': '1m',
                                  'exponentialBase': 1.5, 'jitter': 0.25, 'maxRetryAfter': '0s', 'delayOnSwitch': true,
                                  'resendAfterWrite': false, 'reactions': {'rate_limited': 'NEXT', '599': 'RETRY'}}
                                """))
                .failover();

        assertThat(failover)
                .isEqualTo(new FailoverPolicy(
                        5,
                        0,
                        new Backoff(ofMillis(0), ofMinutes(1), 1.5, Jitter.factor(0.25)),
                        ofSeconds(0),
                        true,
                        false,
                        ReactionTable.defaults()
                                .with(Map.of(FailureKind.RATE_LIMITED, Reaction.NEXT), Map.of(599, Reaction.RETRY)),
                        Map.of()));
    }

    @Test
    void jitters() {
        assertThat(jitter("'full'")).isEqualTo(Jitter.full());
        assertThat(jitter("'equal'")).isEqualTo(Jitter.equal());
        assertThat(jitter("'decorrelated'")).isEqualTo(Jitter.decorrelated());
        assertThat(jitter("'none'")).isEqualTo(Jitter.none());
        assertThat(jitter("0")).isEqualTo(Jitter.factor(0));
        assertThat(jitter("1")).isEqualTo(Jitter.factor(1));
    }

    private Jitter jitter(String written) {
        return world.read(Example.top(", 'failover': {'jitter': " + written + "}"))
                .failover()
                .backoff()
                .jitter();
    }

    @Test
    void timeouts() {
        assertThat(world.read(Example.top(", 'timeouts': {'connect': '1s', 'firstToken': '2s', 'response': '3s',"
                                + " 'idle': '4s', 'exchange': '5s', 'stalledWrite': '6s'}"))
                        .timeouts())
                .isEqualTo(new TimeoutSettings(
                        ofSeconds(1), ofSeconds(2), ofSeconds(3), ofSeconds(4), ofSeconds(5), ofSeconds(6)));
    }

    @Test
    void health() {
        assertThat(world.read(Example.top(", 'health': {'enabled': false, 'consecutiveFailures': 1, 'openTime': '1s',"
                                + " 'maxOpenTime': '2s', 'cooldown': '0s', 'retryBudget':"
                                + " {'percent': 0.5, 'minPerSecond': 1}}"))
                        .health())
                .isEqualTo(new HealthSettings(
                        false, 1, ofSeconds(1), ofSeconds(2), ofSeconds(0), new RetryBudgetSettings(0.5, 1)));
    }

    @Test
    void streaming() {
        assertThat(world.read(Example.top(", 'streaming': {'commitOn': 'complete', 'heartbeat': '1s', 'onBreak':"
                                + " 'rescue', 'abortAfterError': true}"))
                        .streaming())
                .isEqualTo(new StreamingSettings(CommitOn.COMPLETE, ofSeconds(1), OnBreak.RESCUE, true));
    }

    @ParameterizedTest
    @CsvSource({"headers,HEADERS", "first-event,FIRST_EVENT", "first-content,FIRST_CONTENT", "complete,COMPLETE"})
    void commit_points(String written, CommitOn expected) {
        assertThat(world.read(Example.top(", 'streaming': {'commitOn': '" + written + "'}"))
                        .streaming()
                        .commitOn())
                .isEqualTo(expected);
    }

    @Test
    void limits() {
        assertThat(world.read(Example.top(", 'limits': {'maxRequestBytes': 1000, 'maxResponseBytes': '64KiB',"
                                + " 'maxBufferedBytes': '10%', 'maxConcurrent': 1}"))
                        .limits())
                .isEqualTo(new LimitSettings(1000, 65_536, ScriptedWorld.MAX_HEAP / 10, 1));
    }

    @Test
    void headers() {
        assertThat(world.read(
                                Example.top(
                                        ", 'headers': {'report': false, 'forward': ['X-Team', 'x-team', 'OpenAI-Organization']}"))
                        .headers())
                .isEqualTo(new HeaderSettings(false, List.of("x-team", "openai-organization")));
    }

    @Test
    void the_rest() {
        Settings settings = world.read(Example.top(
                ", '$schema': 'https://example.org/s.json', 'responseModel': 'requested', 'adminKey': 'admin',"
                        + " 'adminOpenOnLoopback': true, 'clientKeys': ['k1', {'name': 'search-team', 'key':"
                        + " 'k2', 'models': ['m']}]"));

        assertThat(settings.responseModel()).isEqualTo(ResponseModel.REQUESTED);
        assertThat(settings.adminKey()).isEqualTo(new Secret("admin"));
        assertThat(settings.adminOpenOnLoopback()).isTrue();
        assertThat(settings.clientKeys())
                .containsExactly(
                        new ClientKey("client-1", new Secret("k1"), null),
                        new ClientKey("search-team", new Secret("k2"), Set.of("m")));
    }

    @Test
    void a_provider() {
        ProviderSettings provider = provider(
                """
                'type': 'azure', 'baseUrl': 'HTTPS://a.example:8443/x/', 'apiKey': 'k', 'dialects': ['messages', 'chat'],
                'headers': {'X-B': '2', 'X-A': '1 2'}, 'query': {'z': 'ä &=', 'b': ''}, 'enabled': false, 'transient400': true,
                'transientPatterns': ['(?i)try again', 'x+'], 'prefill': false, 'proxy': 'http://p:3128/', 'maxConcurrent': 7,
                'timeouts': {'connect': '1s', 'firstToken': '2s', 'response': '3s', 'idle': '4s'}
                """);

        assertThat(provider.type()).isEqualTo(ProviderType.AZURE);
        assertThat(provider.baseUrl()).isEqualTo(URI.create("HTTPS://a.example:8443/x"));
        assertThat(provider.apiKey()).isEqualTo(new Secret("k"));
        assertThat(provider.dialects()).containsExactly("messages", "chat");
        assertThat(provider.headers()).containsExactly(Map.entry("X-B", "2"), Map.entry("X-A", "1 2"));
        assertThat(provider.query()).containsExactly(Map.entry("z", "ä &="), Map.entry("b", ""));
        assertThat(provider.enabled()).isFalse();
        assertThat(provider.transient400()).isTrue();
        assertThat(provider.transientPatterns()).extracting(Pattern::pattern).containsExactly("(?i)try again", "x+");
        assertThat(provider.prefill()).isFalse();
        assertThat(provider.proxy()).isEqualTo(URI.create("http://p:3128"));
        assertThat(provider.maxConcurrent()).isEqualTo(7);
        assertThat(provider.timeouts())
                .isEqualTo(new TimeoutSettings(
                        ofSeconds(1), ofSeconds(2), ofSeconds(3), ofSeconds(4), ofSeconds(600), ofSeconds(60)));
    }

    private ProviderSettings provider(String keys) {
        return Objects.requireNonNull(
                world.read(Example.providers("'a': {" + keys + "}")).providers().get("a"));
    }

    @ParameterizedTest
    @EnumSource
    void a_type_gives_the_dialects(ProviderType type) {
        String written = type.name().toLowerCase(Locale.ROOT);

        assertThat(provider("'type': '" + written + "', 'baseUrl': 'https://a.example'")
                        .dialects())
                .containsExactlyElementsOf(
                        type == ProviderType.ANTHROPIC
                                ? List.of("messages")
                                : List.of("chat", "responses", "embeddings"));
    }

    @Test
    void timeouts_of_a_provider_go_over_the_global_ones() {
        Settings settings = world.read(
                """
                {'providers': {'a': {'type': 'openai', 'baseUrl': 'https://a.example', 'timeouts': {'idle': '1s'}}},
                 'models': {'m': [{'provider': 'a'}]}, 'timeouts': {'idle': '2s', 'connect': '3s'}}
                """);

        assertThat(Objects.requireNonNull(settings.providers().get("a")).timeouts())
                .isEqualTo(new TimeoutSettings(
                        ofSeconds(3), ofSeconds(120), ofSeconds(600), ofSeconds(1), ofSeconds(600), ofSeconds(60)));
    }

    @Test
    void reactions_of_a_provider_go_over_the_global_ones() {
        FailoverPolicy failover = world.read(
                        """
                        {'providers': {'a': {'type': 'openai', 'baseUrl': 'https://a.example', 'reactions': {'timeout': 'RETRY'}}},
                         'models': {'m': [{'provider': 'a'}]}, 'failover': {'reactions': {'timeout': 'FAIL', '404': 'FAIL'}}}
                        """)
                .failover();
        ReactionTable global =
                ReactionTable.defaults().with(Map.of(FailureKind.TIMEOUT, Reaction.FAIL), Map.of(404, Reaction.FAIL));

        assertThat(failover.reactions()).isEqualTo(global);
        assertThat(failover.providerReactions())
                .isEqualTo(Map.of("a", global.with(Map.of(FailureKind.TIMEOUT, Reaction.RETRY), Map.of())));
    }

    @Test
    void a_candidate() {
        Settings settings = world.read(Example.candidates(
                "{'provider': 'b', 'model': 'x/y:z', 'weight': 0.5, 'priority': 3, 'enabled': false, 'sameSpace': true},"
                        + " {'provider': 'a', 'weight': 0}"));
        Candidate first = new Candidate("b", "x/y:z", 0.5, 3, false, Set.of("chat", "responses", "embeddings"));

        assertThat(settings.models().get("m"))
                .containsExactly(first, new Candidate("a", "m", 0, 0, true, first.dialects()));
        assertThat(settings.sameSpace().get("m")).containsExactly(first);
    }

    @Test
    void a_candidate_of_a_disabled_provider_is_disabled() {
        assertThat(world.read(Example.provider(", 'enabled': false")).models().get("m"))
                .extracting(Candidate::enabled)
                .containsExactly(false);
    }

    @ParameterizedTest
    @EnumSource(names = "CANCELLED", mode = EnumSource.Mode.EXCLUDE)
    void every_kind_of_failure_can_be_given_a_reaction(FailureKind kind) {
        assertThat(world.read(Example.top(", 'failover': {'reactions': {'" + kind.label() + "': 'FAIL'}}"))
                        .failover()
                        .reactions())
                .isEqualTo(ReactionTable.defaults().with(Map.of(kind, Reaction.FAIL), Map.of()));
    }
}
