package io.understudy.example.servers;

import static io.understudy.example.servers.Guests.CHAT;
import static io.understudy.example.servers.Guests.CONTEXT;
import static io.understudy.example.servers.Providers.DROPPING_FIRST;
import static io.understudy.example.servers.Providers.FAILING_FIRST;
import static io.understudy.example.servers.Providers.PLAIN;
import static io.understudy.example.servers.Scripts.FLOOD_BYTES;
import static io.understudy.example.servers.Scripts.HELLO;
import static io.understudy.example.servers.Scripts.WIRE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.understudy.servlet.testing.Closed;
import io.understudy.servlet.testing.Gate;
import io.understudy.servlet.testing.RawAnswer;
import io.understudy.servlet.testing.RawCaller;
import io.understudy.servlet.testing.ReceivedRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The built WAR in one server after the other: the bets that everything else is built on. */
@ParameterizedClass(name = "{0}", allowZeroInvocations = true)
@MethodSource("trials")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ServerGate
        implements FailoverChecks,
                ForeignChecks,
                BulkChecks,
                OperatorChecks,
                ChainChecks,
                LeaverChecks,
                RedeployChecks {
    private static final Duration SILENCE = Duration.parse(System.getProperty("servers.silence", "PT90S"));
    private static final Duration ABORT_LIMIT = Duration.ofSeconds(20);
    private static final Duration EVENT_LIMIT = Duration.ofSeconds(10);
    private static final int LEAVERS = 60;
    private static final Duration STANDSTILL = Duration.ofMillis(500);

    private final Trial trial;
    private final AppServer kind;
    private final Providers providers;
    private final RunningServer server;
    private final Caller caller;

    @RegisterExtension
    private final ResultTable results;

    ServerGate(Trial trial) {
        this.trial = trial;
        kind = trial.kind();
        providers = trial.providers();
        server = trial.server();
        caller = trial.caller();
        results = trial.results();
    }

    @Override
    public Trial trial() {
        return trial;
    }

    static Stream<Trial> trials() {
        return AppServers.chosen().stream().map(Trial::new);
    }

    @BeforeParameterizedClassInvocation
    static void start(Trial trial) throws IOException, InterruptedException {
        trial.start();
    }

    @AfterAll
    static void show() throws IOException {
        Path target = Path.of(System.getProperty("servers.page", "target/servers.md"));
        List<Path> results = AppServers.chosen().stream().map(Trial::results).toList();
        ServersPage page = ServersPage.of(results).over(ServersPage.read(target));
        Files.writeString(target, page.text());
    }

    @Test
    void answers_a_plain_call() {
        providers.steady().then(Scripts.hello());
        long start = System.nanoTime();
        RawAnswer answer = caller.post(CHAT, WIRE.request(PLAIN, "Hi"));
        results.measured(ResultTable.millisSince(start));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo(HELLO);
    }

    @Test
    void serves_below_a_context_path() {
        assumeTrue(kind.isContainer());
        providers.steady().then(Scripts.hello());
        assertThat(caller.post(CONTEXT + CHAT, WIRE.request(PLAIN, "Hi")).text())
                .isEqualTo(HELLO);
    }

    @Test
    void relays_each_event_as_it_comes() {
        List<Gate> gates = Stream.generate(Gate::new).limit(8).toList();
        providers.steady().then(Scripts.gated(gates));
        try (RawCaller reader = caller.open(CHAT, WIRE.streamedRequest(PLAIN, "Hi"))) {
            Duration slowest = Scripts.readGated(reader, gates);
            results.measured("slowest event " + ResultTable.millis(slowest));
            // A heartbeat takes along what was held back: without a limit below its interval nobody would notice.
            assertThat(slowest).isLessThan(EVENT_LIMIT);
        }
    }

    @Test
    void slows_the_provider_down_while_the_caller_does_not_read() {
        providers.steady().then(Scripts.flood());
        try (RawCaller reader = caller.open(CHAT, WIRE.streamedRequest(PLAIN, "Hi"))) {
            reader.head();
            long stopped = standstill(newestConnection());
            results.measured("stopped after %d of %d KiB".formatted(stopped >> 10, FLOOD_BYTES >> 10));
            assertThat(stopped).isLessThan(FLOOD_BYTES / 2);
            assertThat(rest(reader)).isGreaterThan(FLOOD_BYTES);
        }
    }

    @Test
    void closes_the_upstream_connection_when_the_caller_leaves() {
        long left = leaveMidStream();
        Closed closed = providers.steady().awaitClosed(newestConnection());
        Duration delay = Duration.ofNanos(closed.atNanos() - left);
        results.measured(ResultTable.millis(delay));
        assertThat(closed.how()).isNotEqualTo(Closed.How.BY_SCRIPT);
        assertThat(delay).isLessThan(ABORT_LIMIT);
    }

    /** Servers reuse their request objects: what one caller's end leaves in them must not reach the next caller. */
    @Test
    void harms_nobody_else_when_a_caller_leaves() {
        int whole = 0;
        for (int i = 0; i < LEAVERS; i++) {
            leaveMidStream();
            providers.steady().then(Scripts.wholeStream());
            RawAnswer answer = caller.post(CHAT, WIRE.streamedRequest(PLAIN, "Hi"));
            whole += answer.text().contains("[DONE]") ? 1 : 0;
        }
        results.measured("%d of %d whole".formatted(whole, LEAVERS));
        assertThat(whole).isEqualTo(LEAVERS);
    }

    @Test
    void sends_a_post_once_that_the_provider_drops() {
        int before = providers.dropping().requests().size();
        providers.steady().then(Scripts.hello());
        assertThat(caller.post(CHAT, WIRE.request(DROPPING_FIRST, "Hi")).text()).isEqualTo(HELLO);
        assertThat(providers.dropping().requests()).hasSize(before + 1);
    }

    @Test
    void takes_the_second_provider_when_the_first_one_fails() {
        providers.steady().then(Scripts.hello());
        RawAnswer answer = caller.post(CHAT, WIRE.request(FAILING_FIRST, "Hi"));
        assertThat(answer.text()).isEqualTo(HELLO);
        assertThat(answer.headers().first("X-Understudy-Trace").orElse("none")).contains("failing;500", "steady;200");
    }

    /** Longer than the servers' own limit for asynchronous requests, and than an HTTP client's for idle connections. */
    @Test
    void waits_for_a_silent_provider() {
        providers
                .steady()
                .always(head -> Scripts.silentAtFirst(
                        SILENCE, head.headers().first("Accept").orElse("")));
        CompletableFuture<String> streamed =
                caller.postPatiently(CHAT, WIRE.streamedRequest(PLAIN, "Hi"), "text/event-stream");
        CompletableFuture<String> plain = caller.postPatiently(CHAT, WIRE.request(PLAIN, "Hi"), "application/json");
        assertThat(plain.join()).isEqualTo(HELLO);
        assertThat(streamed.join()).contains("Hello", "[DONE]");
        results.measured(SILENCE.toSeconds() + " s");
    }

    @Test
    @Order(Integer.MAX_VALUE)
    void stops_in_order_and_has_logged_nothing_odd() throws IOException, InterruptedException {
        long start = System.nanoTime();
        assertThat(server.stop()).isIn(kind.orderlyExits());
        results.measured(ResultTable.millisSince(start));
        assertThat(server.log().oddities(kind.ownWarnings())).isEmpty();
        assertThat(server.log().count(ServerLog.SYNCHRONOUS)).isEqualTo(kind.isContainer() ? 1 : 0);
    }

    /** Opens a stream, reads its beginning and goes; answers when that was. */
    private long leaveMidStream() {
        providers.steady().then(Scripts.slowly(500, Duration.ofMillis(10)));
        try (RawCaller reader = caller.open(CHAT, WIRE.streamedRequest(PLAIN, "Hi"))) {
            reader.head();
            reader.chunksUpTo("Hello");
            return System.nanoTime();
        }
    }

    private int newestConnection() {
        List<ReceivedRequest> requests = providers.steady().requests();
        return requests.get(requests.size() - 1).connection();
    }

    /** How many bytes have been written to a connection when no more of them are, for a while. */
    private long standstill(int connection) {
        CompletableFuture<Closed> closed = providers.steady().closed(connection);
        long before = -1;
        for (long now = 0; now > before; now = providers.steady().written(connection)) {
            before = now;
            assertThat(closed).as("end of the upstream connection").failsWithin(STANDSTILL);
        }
        return before;
    }

    private static long rest(RawCaller reader) {
        long length = 0;
        for (String chunk = reader.chunk(); !chunk.isEmpty(); chunk = reader.chunk()) {
            length += chunk.length();
        }
        return length;
    }
}
