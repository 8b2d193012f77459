package io.understudy.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.core.candidate.Candidate;
import io.understudy.core.candidate.Plan;
import io.understudy.core.failover.Failover;
import io.understudy.core.failover.FailoverListener;
import io.understudy.core.failover.FailoverSession;
import io.understudy.core.failover.Step;
import io.understudy.core.failure.ErrorFacts;
import io.understudy.core.failure.FailureClassifier;
import io.understudy.core.health.Health;
import io.understudy.core.time.Deadline;
import io.understudy.core.time.Ticker;
import io.understudy.servlet.config.ConfigReader;
import io.understudy.servlet.config.Settings;
import io.understudy.servlet.testing.ChatWire;
import io.understudy.servlet.testing.GatewayServer;
import io.understudy.servlet.testing.RawAnswer;
import io.understudy.servlet.testing.RawCaller;
import io.understudy.servlet.testing.ReceivedRequest;
import io.understudy.servlet.testing.Reply;
import io.understudy.servlet.testing.ScriptedUpstream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What docs/compatibility.json gives: the behaviour of the system that this project grew from. */
class CompatibilityProfileTest {
    private static final ChatWire WIRE = new ChatWire("served");
    private static final byte[] REQUEST = WIRE.request("gpt-4o", "Hi").getBytes(StandardCharsets.UTF_8);

    private final List<ScriptedUpstream> providers =
            Stream.generate(ScriptedUpstream::start).limit(3).toList();

    @AfterEach
    void close() {
        providers.forEach(ScriptedUpstream::close);
    }

    /** The file, in front of the scripted providers. */
    private String configuration() throws IOException {
        String text = Files.readString(Path.of("..", "docs", "compatibility.json"));
        return text.replace("${FIRST_URL}", providers.get(0).baseUrl())
                .replace("${SECOND_URL}", providers.get(1).baseUrl())
                .replace("${THIRD_URL}", providers.get(2).baseUrl())
                .replaceAll("\\$\\{[A-Z]+_KEY}", "sk-own");
    }

    /** The same with pauses a hundred times shorter. */
    private String hurried() throws IOException {
        String text = configuration();
        assertThat(text).contains("\"baseDelay\": \"100ms\"", "\"maxDelay\": \"5s\"");
        return text.replace("\"baseDelay\": \"100ms\"", "\"baseDelay\": \"1ms\"")
                .replace("\"maxDelay\": \"5s\"", "\"maxDelay\": \"50ms\"");
    }

    private RawAnswer answer() throws Exception {
        try (GatewayServer gateway = GatewayServer.start(hurried());
                RawCaller caller = RawCaller.connect(gateway.port())) {
            return caller.post("/v1/chat/completions", REQUEST).answer();
        }
    }

    private void replyAlways(int status) {
        providers.forEach(provider -> provider.always(Reply.json(status, WIRE.error(status))));
    }

    @Test
    void exactly_six_calls_are_made_one_provider_after_the_other_when_everything_answers_503() throws Exception {
        replyAlways(503);
        RawAnswer answer = answer();
        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.headers().first("X-Understudy-Attempts")).contains("6");
        assertThat(answer.headers().first("X-Understudy-Trace").orElseThrow().replaceAll("\\d+ms", "0ms"))
                .isEqualTo("first;503;0ms;overloaded, first;503;0ms;overloaded, second;503;0ms;overloaded,"
                        + " second;503;0ms;overloaded, third;503;0ms;overloaded, third;503;0ms;overloaded");
        assertThat(providers).extracting(provider -> provider.requests().size()).containsExactly(2, 2, 2);
    }

    @Test
    void every_further_call_comes_after_its_pause_also_at_another_provider() throws Exception {
        replyAlways(503);
        answer();
        List<Long> arrivals = providers.stream()
                .flatMap(provider -> provider.requests().stream())
                .map(ReceivedRequest::atNanos)
                .sorted(Comparator.naturalOrder())
                .toList();
        for (int n = 1; n <= 5; n++) {
            Duration gap = Duration.ofNanos(arrivals.get(n) - arrivals.get(n - 1));
            assertThat(gap).isGreaterThanOrEqualTo(Duration.ofMillis(1L << n));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503, 504})
    void the_five_statuses_are_retried_and_an_answer_ends_it(int status) throws Exception {
        replyAlways(status);
        providers.get(1).then(Reply.json(status, WIRE.error(status)), Reply.json(200, WIRE.answer("here")));
        RawAnswer answer = answer();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers().first("X-Understudy-Provider")).contains("second");
        assertThat(answer.headers().first("X-Understudy-Attempts")).contains("4");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 408, 409, 413, 422, 501, 529})
    void every_other_status_is_the_callers_answer(int status) throws Exception {
        replyAlways(status);
        RawAnswer answer = answer();
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.text()).isEqualTo(WIRE.error(status));
        assertThat(answer.headers().first("X-Understudy-Attempts")).contains("1");
    }

    @Test
    void what_failed_before_is_not_remembered() throws Exception {
        replyAlways(503);
        try (GatewayServer gateway = GatewayServer.start(hurried());
                RawCaller caller = RawCaller.connect(gateway.port())) {
            for (int i = 1; i <= 3; i++) {
                assertThat(caller.post("/v1/chat/completions", REQUEST)
                                .answer()
                                .headers()
                                .first("X-Understudy-Attempts"))
                        .contains("6");
            }
        }
    }

    @Test
    void without_luck_the_pauses_are_200_to_3200_ms() throws Exception {
        assertThat(pauses(() -> 0L)).extracting(Duration::toMillis).containsExactly(200L, 400L, 800L, 1600L, 3200L);
    }

    @Test
    void luck_lengthens_each_by_less_than_a_tenth() throws Exception {
        List<Duration> pauses = pauses(new Random(7));
        for (int n = 1; n <= 5; n++) {
            long ceiling = 100L << n;
            assertThat(pauses.get(n - 1))
                    .isGreaterThan(Duration.ofMillis(ceiling))
                    .isLessThan(Duration.ofMillis(ceiling + ceiling / 10));
        }
    }

    /** The pauses that the file's policy asks for when everything answers 503. */
    private List<Duration> pauses(RandomGenerator dice) throws IOException {
        Settings settings = ConfigReader.ofSystem().read(configuration());
        assertThat(settings.health().enabled()).isFalse();
        Ticker still = () -> 0;
        Failover failover = new Failover(
                settings.failover(), Health.alwaysAvailable(), still, () -> dice, FailoverListener.silent());
        List<Candidate> candidates = settings.models().getOrDefault("gpt-4o", List.of());
        FailoverSession session = failover.begin(
                new Plan(candidates), Deadline.after(settings.timeouts().exchange(), still), Duration.ofMinutes(1));
        ErrorFacts overloaded = ErrorFacts.of(503);
        List<Duration> pauses = new ArrayList<>();
        Step step = session.start();
        while (!(step instanceof Step.GiveUp)) {
            if (step instanceof Step.Pause pause) {
                pauses.add(pause.duration());
                step = session.resume();
            } else if (step instanceof Step.Call call) {
                step = session.failed(
                        call.attempt(), FailureClassifier.defaults().classify(overloaded, Instant.EPOCH));
            }
        }
        return pauses;
    }
}
