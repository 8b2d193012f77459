package io.understudy.example;

import static io.understudy.example.Scene.FIRST;
import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.servlet.testing.ReceivedRequest;
import io.understudy.servlet.testing.Reply;
import io.understudy.servlet.testing.ScriptedUpstream;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which providers are asked, and in which order. */
class ChoiceIT {
    private static final String CONFIGURATION =
            """
            {
              "providers": {
                "a": { "type": "openai", "baseUrl": "%s", "apiKey": "sk-a" },
                "b": { "type": "openai", "baseUrl": "%s", "apiKey": "sk-b" },
                "c": { "type": "openai", "baseUrl": "%s", "apiKey": "sk-c" },
                "d": { "type": "openai", "baseUrl": "%s", "apiKey": "sk-d" },
                "claude": { "type": "anthropic", "baseUrl": "http://127.0.0.1:9/v1", "apiKey": "sk-claude" },
                "off": { "type": "openai", "baseUrl": "http://127.0.0.1:9/v1", "apiKey": "sk-off", "enabled": false }
              },
              "models": {
                "ranked": [
                  { "provider": "d", "priority": 7 },
                  { "provider": "c", "priority": 1, "model": "c/ranked" },
                  { "provider": "b", "weight": 0, "model": "b/ranked" },
                  { "provider": "a", "model": "a/ranked" }
                ],
                "drawn": [ { "provider": "a", "weight": 70 }, { "provider": "b", "weight": 30 } ],
                "small@2025": [ { "provider": "a" } ],
                "from@b": [ { "provider": "a", "model": "exact" } ],
                "quoted": [ { "provider": "a", "model": "a \\"b\\" \\\\ ü" } ],
                "foreign": [ { "provider": "claude" } ],
                "disabled": [ { "provider": "off" }, { "provider": "a", "enabled": false } ],
                "half": [ { "provider": "claude" }, { "provider": "off" }, { "provider": "b", "priority": 3 } ]
              },
              "failover": { "baseDelay": "1ms" }
            }
            """;

    private static final List<ScriptedUpstream> UPSTREAMS =
            Stream.generate(ScriptedUpstream::start).limit(4).toList();

    private static RunningWar war;

    @BeforeAll
    static void open() {
        war = RunningWar.configured(CONFIGURATION.formatted(
                UPSTREAMS.stream().map(ScriptedUpstream::baseUrl).toArray()));
    }

    @AfterAll
    static void close() {
        war.close();
        UPSTREAMS.forEach(ScriptedUpstream::close);
    }

    @BeforeEach
    void everybody_answers() {
        UPSTREAMS.forEach(upstream -> upstream.always(Reply.json(200, FIRST.answer("ok"))));
    }

    @Test
    void the_best_priority_is_asked_and_weight_0_last_in_it() {
        assertThat(Stream.generate(() -> ask("ranked")).limit(20))
                .extracting(ChoiceIT::provider)
                .containsOnly("a");
        fails("a");
        assertThat(trace(ask("ranked"))).matches(TraceForm.of("a;404;unavailable", "b;200"));
        fails("b");
        assertThat(trace(ask("ranked"))).matches(TraceForm.of("a;404;unavailable", "b;404;unavailable", "c;200"));
    }

    @Test
    void three_candidates_are_tried_and_no_more() {
        fails("a");
        fails("b");
        fails("c");
        HttpResponse<String> answer = ask("ranked");
        assertThat(answer.statusCode()).isEqualTo(502);
        assertThat(trace(answer)).matches(TraceForm.of("a;404;unavailable", "b;404;unavailable", "c;404;unavailable"));
    }

    @Test
    void two_candidates_are_both_drawn() {
        List<String> drawn =
                Stream.generate(() -> provider(ask("drawn"))).limit(200).toList();
        assertThat(drawn).containsOnly("a", "b");
        assertThat(drawn.stream().filter("b"::equals).count()).isBetween(20L, 100L);
    }

    @Test
    void each_candidate_is_asked_for_its_own_model() {
        ask("ranked@b");
        assertThat(last("b")).contains("\"model\":\"b/ranked\"");
        ask("quoted");
        assertThat(last("a")).contains("\"model\":\"a \\\"b\\\" \\\\ ü\"");
    }

    @ParameterizedTest
    @CsvSource({
        "ranked@c,,c",
        "ranked@b,,b",
        "ranked,c,c",
        "ranked,%63,c",
        "ranked@b,c,c",
        "ranked@d,,d",
    })
    void a_pinned_provider_is_asked(String model, String header, String served) {
        HttpResponse<String> answer = ask(model, header);
        assertThat(trace(answer)).matches(TraceForm.of(served + ";200"));
        assertThat(last(served)).doesNotContain("@");
    }

    @Test
    void a_pinned_provider_is_the_only_one_tried() {
        upstream("c").always(Reply.json(500, FIRST.error(500)));
        HttpResponse<String> answer = ask("ranked@c");
        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(ErrorShape.of(answer).code()).isEqualTo("provider_error");
        assertThat(trace(answer)).matches(TraceForm.of("c;500;server_error", "c;500;server_error"));
    }

    @ParameterizedTest
    @CsvSource({"ranked@claude,", "ranked,claude", "ranked,nobody"})
    void a_pin_to_somebody_who_does_not_offer_the_model_is_ignored(String model, String header) {
        assertThat(trace(ask(model, header))).matches(TraceForm.of("a;200"));
    }

    @Test
    void an_exact_name_may_contain_an_at_sign() {
        assertThat(provider(ask("small@2025"))).isEqualTo("a");
        assertThat(provider(ask("small@2025@a"))).isEqualTo("a");
        ask("from@b");
        assertThat(last("a")).contains("\"model\":\"exact\"");
        assertThat(ErrorShape.of(ask("ranked@nobody")).code()).isEqualTo("model_not_found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"foreign", "disabled"})
    void nobody_left_is_said(String model) {
        HttpResponse<String> answer = ask(model);
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(ErrorShape.of(answer).code()).isEqualTo("no_provider");
    }

    @Test
    void those_who_cannot_are_skipped() {
        assertThat(trace(ask("half"))).matches(TraceForm.of("b;200"));
    }

    /** Makes a provider fail in a way that has no consequences for anybody's health. */
    private static void fails(String provider) {
        upstream(provider)
                .always(
                        Reply.json(
                                404,
                                """
                        {"error":{"message":"No such path.","type":"invalid_request_error","param":null,"code":null}}"""));
    }

    private static ScriptedUpstream upstream(String provider) {
        return UPSTREAMS.get(provider.charAt(0) - 'a');
    }

    /** The body that a provider received last. */
    private static String last(String provider) {
        List<ReceivedRequest> requests = upstream(provider).requests();
        return requests.get(requests.size() - 1).text();
    }

    private static HttpResponse<String> ask(String model) {
        return ask(model, null);
    }

    private static HttpResponse<String> ask(String model, @Nullable String pin) {
        String[] headers = pin == null ? new String[0] : new String[] {"X-Understudy-Provider", pin};
        return new Caller(war.url()).chat(FIRST.request(model, "Hi"), headers);
    }

    private static String provider(HttpResponse<String> answer) {
        return answer.headers().firstValue("X-Understudy-Provider").orElseThrow();
    }

    private static String trace(HttpResponse<String> answer) {
        return answer.headers().firstValue("X-Understudy-Trace").orElseThrow();
    }
}
