package io.understudy.servlet.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.understudy.core.candidate.Candidate;
import io.understudy.core.failover.Failover;
import io.understudy.core.failover.FailoverListener;
import io.understudy.core.failover.FailoverPolicy;
import io.understudy.core.health.Health;
import io.understudy.core.time.Ticker;
import io.understudy.servlet.affinity.StateOwners;
import io.understudy.servlet.config.ClientKey;
import io.understudy.servlet.config.Secret;
import io.understudy.servlet.config.Settings;
import io.understudy.servlet.dialect.ApiError;
import io.understudy.servlet.fake.Configured;
import io.understudy.servlet.fake.FakeRequest;
import io.understudy.servlet.fake.ManualScheduler;
import io.understudy.servlet.inbound.BufferBudget;
import io.understudy.servlet.inbound.InboundRequest;
import io.understudy.servlet.inbound.Refusal;
import io.understudy.servlet.inbound.Routes;
import io.understudy.servlet.upstream.HeaderRules;
import io.understudy.servlet.upstream.Masking;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AskedTest {
    private static final Candidate A = Configured.candidate("a", "model-a");
    private static final Candidate B = Configured.candidate("b", "model-b");
    private static final Candidate OFF = new Candidate("off", "model-off", 1, 0, false, Set.of("chat"));
    private static final Candidate OTHER = new Candidate("c", "model-c", 1, 0, true, Set.of("messages"));

    private final Settings settings = Configured.settings(models());
    private FakeRequest request = FakeRequest.post("/v1/chat/completions");

    @ParameterizedTest(name = "{0} with the header {1} is {2} at {3}")
    @CsvSource(
            nullValues = "-",
            textBlock =
                    """
            gpt,         -,       gpt,         a b
            gpt@a,       -,       gpt,         a
            gpt@b,       -,       gpt,         b
            gpt@a,       b,       gpt,         b
            gpt,         b,       gpt,         b
            gpt,         %62,     gpt,         b
            gpt@c,       -,       gpt,         a b
            gpt,         nobody,  gpt,         a b
            gpt,         '',      gpt,         a b
            gpt@b,       nobody,  gpt,         a b
            v1@20250514, -,       v1@20250514, a
            v1@20250514, a,       v1@20250514, a
            v1@20250514@a, -,     v1@20250514, a
            odd@a,       -,       odd@a,       b
            odd@a@a,     -,       odd@a,       b
            some,        -,       some,        a
            """)
    void a_model_and_a_provider_are_understood(String asked, @Nullable String header, String model, String providers)
            throws Refusal {
        pin(header);
        Asked found = asked(asked);
        assertThat(found.model()).isEqualTo(model);
        assertThat(found.candidates().stream().map(Candidate::provider).toList())
                .isEqualTo(List.of(providers.split(" ", -1)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "gp", "gpt ", "GPT", "gpt@", "gpt@nobody", "@a", "nobody@a", "gpt@a@nobody", "gpt@a@b"})
    void a_model_that_is_not_configured_is_refused_with_404(String model) {
        assertThat(assertRefused(model, 404, "model_not_found").message()).contains('"' + model + '"');
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "%zz", "a%4", "%-1", "%+1"})
    void a_malformed_provider_header_is_refused_with_400(String header) {
        pin(header);
        assertRefused("gpt", 400, "invalid_header");
    }

    @Test
    void a_plus_in_the_provider_header_is_a_plus() throws Refusal {
        pin("a+b");
        assertThat(asked("plus").candidates()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"disabled", "foreign", "some@off"})
    void a_model_that_nobody_can_be_asked_for_is_refused_with_404(String model) {
        assertRefused(model, 404, "no_provider");
    }

    @Test
    void a_key_for_some_models_is_for_those() throws Refusal {
        ClientKey key = new ClientKey("team", new Secret("k"), Set.of("some"));
        assertThat(Asked.of(inbound(), key, body("some@a", ""), services(), name -> {})
                        .model())
                .isEqualTo("some");
        assertThatThrownBy(() -> Asked.of(inbound(), key, body("gpt", ""), services(), name -> {}))
                .asInstanceOf(type(Refusal.class))
                .satisfies(refusal -> assertThat(refusal.error().status()).isEqualTo(403));
    }

    @ParameterizedTest(name = "stream {0}, Accept {1}: {2}")
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            textBlock =
                    """
            true   | -                                              | true
            true   | application/json                               | true
            false  | text/event-stream                              | false
            null   | text/event-stream                              | false
            "true" | text/event-stream                              | false
            1      | text/event-stream                              | false
            -      | -                                              | false
            -      | text/event-stream                              | true
            -      | Text/Event-Stream                              | true
            -      | application/json, text/event-stream            | true
            -      | text/event-stream;q=0.5                        | true
            -      | text/event-stream; q=0.001                     | true
            -      | text/event-stream;charset=utf-8;q=1            | true
            -      | text/event-stream;q=0                          | false
            -      | text/event-stream; q=0.000                     | false
            -      | text/event-stream;Q=0                          | false
            -      | text/event-stream;q=0;x=1                      | false
            -      | text/event-stream;q=0, application/json        | false
            -      | */*                                            | false
            -      | text/*                                         | false
            -      | text/event-streams                             | false
            -      | application/x; of="text/event-stream"          | false
            -      | ,;,                                            | false
            """)
    void a_stream_is_asked_for_by_the_body_or_else_by_accept(
            @Nullable String stream, @Nullable String accept, boolean streamed) throws Refusal {
        if (accept != null) {
            request = request.header("Accept", accept);
        }
        String field = stream == null ? "" : ",\"stream\":" + stream;
        assertThat(Asked.of(inbound(), null, body("gpt", field), services(), name -> {})
                        .streamed())
                .isEqualTo(streamed);
    }

    @Test
    void any_line_of_accept_counts() throws Refusal {
        request = request.header("Accept", "application/json").header("Accept", "text/event-stream");
        assertThat(asked("gpt").streamed()).isTrue();
    }

    @Test
    void where_nothing_streams_a_stream_is_not_asked_for() throws Refusal {
        request = FakeRequest.post("/v1/embeddings").header("Accept", "text/event-stream");
        assertThat(Asked.of(inbound(), null, body("vectors", ",\"stream\":true"), services(), name -> {})
                        .streamed())
                .isFalse();
    }

    private static Map<String, List<Candidate>> models() {
        Map<String, List<Candidate>> models = new LinkedHashMap<>();
        models.put("gpt", List.of(A, B));
        models.put("v1@20250514", List.of(A));
        models.put("odd@a", List.of(B));
        models.put("some", List.of(OFF, OTHER, A));
        models.put("disabled", List.of(OFF));
        models.put("foreign", List.of(OTHER));
        models.put("plus", List.of(A, Configured.candidate("a+b", "m")));
        models.put("vectors", List.of(new Candidate("a", "e", 1, 0, true, Set.of("embeddings"))));
        return models;
    }

    private void pin(@Nullable String provider) {
        request = provider == null ? request : request.header("X-Understudy-Provider", provider);
    }

    private Asked asked(String model) throws Refusal {
        return Asked.of(inbound(), null, body(model, ""), services(), name -> {});
    }

    private ApiError assertRefused(String model, int status, String code) {
        ApiError[] error = new ApiError[1];
        assertThatThrownBy(() -> asked(model))
                .asInstanceOf(type(Refusal.class))
                .satisfies(refusal -> error[0] = refusal.error());
        assertThat(error[0]).extracting(ApiError::status, ApiError::code).containsExactly(status, code);
        return error[0];
    }

    private InboundRequest inbound() {
        return Objects.requireNonNull(Routes.below("/v1").match(request.servlet()));
    }

    private static byte[] body(String model, String more) {
        return "{\"model\":\"%s\"%s}".formatted(model, more).getBytes(UTF_8);
    }

    private Services services() {
        Ticker ticker = Ticker.system();
        return new Services(
                settings,
                new Failover(
                        FailoverPolicy.defaults(),
                        Health.alwaysAvailable(),
                        ticker,
                        () -> new Random(1),
                        FailoverListener.silent()),
                Map.of(),
                new StateOwners(),
                new HeaderRules(List.of()),
                new Masking(List.of()),
                new BufferBudget(1 << 20),
                new ManualScheduler(),
                ticker,
                exchange -> {});
    }
}
