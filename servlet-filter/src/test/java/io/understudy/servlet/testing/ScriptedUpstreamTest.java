package io.understudy.servlet.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.understudy.servlet.testing.Closed.How;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptedUpstreamTest {
    private static final String REQUEST =
            "POST /v1/chat/completions?beta=true HTTP/1.1\r\nhOst: there\r\nX-B: 2\r\nX-A:1\r\ncontent-length: 4\r\n\r\n\0\u00ff{";

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        upstream.close();
    }

    @Test
    void remembers_a_request_to_the_byte() {
        upstream.then(Reply.json(200, "{}"));
        try (RawCaller caller = RawCaller.connect(upstream.port()).send(REQUEST)) {
            assertThat(caller.answer().status()).isEqualTo(200);
        }
        ReceivedRequest request = upstream.awaitRequest();
        assertThat(request.requestLine()).isEqualTo("POST /v1/chat/completions?beta=true HTTP/1.1");
        assertThat(request.headers())
                .isEqualTo(Headers.of("hOst", "there", "X-B", "2", "X-A", "1", "content-length", "4"));
        assertThat(request.body()).isEqualTo("\0\u00ff{".getBytes(UTF_8));
        assertThat(request.connection()).isEqualTo(1);
        assertThat(request.reused()).isFalse();
    }

    @Test
    void takes_chunked_bodies_apart() {
        upstream.then(Reply.json(200, "{}"));
        try (RawCaller caller = RawCaller.connect(upstream.port())
                .send("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n")) {
            assertThat(caller.answer().status()).isEqualTo(200);
        }
        assertThat(upstream.awaitRequest().text()).isEqualTo("abcde");
    }

    @Test
    void replies_from_the_queue_and_then_always_the_same() throws Exception {
        upstream.then(Reply.json(500, "a"), Reply.chunkedJson(429, "bcd", "Retry-After", "1"))
                .always(request -> Reply.json(200, request.target()));
        assertThat(post("1").body()).isEqualTo("a");
        HttpResponse<String> second = post("2");
        assertThat(second.statusCode()).isEqualTo(429);
        assertThat(second.body()).isEqualTo("bcd");
        assertThat(second.headers().firstValue("retry-after")).hasValue("1");
        assertThat(post("3").body()).isEqualTo("/v1/3");
        assertThat(post("4").body()).isEqualTo("/v1/4");
    }

    @Test
    void says_that_nothing_was_scripted() throws Exception {
        assertThat(post("").statusCode()).isEqualTo(418);
    }

    @Test
    void keeps_the_connection_for_the_next_request() throws Exception {
        upstream.always(Reply.json(200, "{}"));
        post("1");
        post("2");
        assertThat(upstream.requests()).extracting(ReceivedRequest::reused).containsExactly(false, true);
        assertThat(upstream.connections()).isEqualTo(1);
        assertThat(upstream.openConnections()).isEqualTo(1);
    }

    @Test
    void sends_each_event_when_its_gate_opens() throws Exception {
        Gate gate = new Gate();
        upstream.then(Reply.stream()
                .event("data: 1\n\n")
                .await(gate)
                .event("data: 2\n\n")
                .end());
        HttpResponse<InputStream> answer = client.send(request("x"), BodyHandlers.ofInputStream());
        try (InputStream body = answer.body()) {
            assertThat(new String(body.readNBytes(9), UTF_8)).isEqualTo("data: 1\n\n");
            gate.awaitReached();
            assertThat(body.available()).isZero();
            gate.open();
            assertThat(new String(body.readAllBytes(), UTF_8)).isEqualTo("data: 2\n\n");
        }
    }

    @Test
    void lets_real_time_pass_where_a_test_is_about_time() throws Exception {
        upstream.then(Reply.silence().after(Duration.ofMillis(80)).write("HTTP/1.1 204 x\r\n\r\n".getBytes(UTF_8)));
        long start = System.nanoTime();
        post("");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(80));
    }

    @Test
    void refuses_connections_and_keeps_the_port() {
        upstream.refuse();
        assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> post(""));
    }

    @Test
    void resets_at_connect() {
        upstream.resetAtConnect();
        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(this::askRaw);
        assertThat(upstream.requests()).isEmpty();
        assertThat(upstream.awaitClosed(1).how()).isEqualTo(How.BY_SCRIPT);
    }

    @Test
    void resets_with_the_body_unread() {
        upstream.then(Reply.silence().reset().unread());
        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(this::askRaw);
        assertThat(upstream.awaitRequest().body()).isEmpty();
    }

    @Test
    void drops_after_reading_without_a_byte() {
        upstream.then(Reply.drop());
        try (RawCaller caller = RawCaller.connect(upstream.port()).postJson("/", "{}")) {
            assertThat(caller.ended()).isTrue();
        }
        assertThat(upstream.awaitRequest().text()).isEqualTo("{}");
    }

    @Test
    void resets_in_the_middle_of_a_body() {
        Gate gate = new Gate();
        upstream.then(Reply.stream().event("data: 1\n\n").await(gate).reset());
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> readAll(gate))
                .withMessageContaining("reset");
    }

    @Test
    void closes_in_the_middle_of_a_chunk() {
        Gate gate = new Gate();
        upstream.then(Reply.stream()
                .event("data: 1\n\n")
                .await(gate)
                .halfChunk("data: 2\n\n")
                .close());
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> readAll(gate))
                .withMessageContaining("9 bytes short of 18");
    }

    @Test
    void stays_silent_until_the_caller_leaves() {
        upstream.then(Reply.silence().stall());
        RawCaller caller = RawCaller.connect(upstream.port()).postJson("/", "{}");
        ReceivedRequest request = upstream.awaitRequest();
        assertThat(upstream.closed(request.connection())).isNotDone();
        caller.close();
        assertThat(upstream.awaitClosed(request.connection()).how()).isEqualTo(How.BY_PEER);
        assertThat(upstream.openConnections()).isZero();
    }

    @Test
    void tells_a_caller_that_breaks_off_from_one_that_leaves() {
        upstream.then(Reply.stream().stall());
        RawCaller caller = RawCaller.connect(upstream.port()).postJson("/", "{}");
        assertThat(caller.head().status()).isEqualTo(200);
        caller.reset();
        assertThat(upstream.awaitClosed(1).how()).isEqualTo(How.BROKEN_BY_PEER);
    }

    @Test
    void reads_slowly() {
        Gate gate = new Gate();
        byte[] body = new byte[8 << 20];
        Arrays.fill(body, (byte) 'x');
        try (ScriptedUpstream narrow = ScriptedUpstream.startNarrow()) {
            narrow.then(Reply.json(200, "{}").readingSlowly(1000, gate));
            CompletableFuture<HttpResponse<String>> sent = client.sendAsync(
                    HttpRequest.newBuilder(URI.create(narrow.baseUrl()))
                            .POST(BodyPublishers.ofByteArray(body))
                            .build(),
                    BodyHandlers.ofString());
            gate.awaitReached();
            assertThat(sent).isNotDone();
            assertThat(narrow.requests()).isEmpty();
            gate.open();
            assertThat(narrow.awaitRequest().body()).isEqualTo(body);
            assertThat(sent.join().statusCode()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 100_000})
    void sends_the_same_bytes_in_whatever_pieces(int size) throws Exception {
        Frames frames = new ChatWire("m").streamed("Grüße", " an ", "alle \uD83C\uDF0D");
        Reply whole = Reply.stream(frames.all());
        upstream.then(whole, whole.inPiecesOf(size), whole.splitAt(17, size, 300));
        assertThat(List.of(post("").body(), post("").body(), post("").body())).containsOnly(frames.text());
    }

    @Test
    void closes_idle_connections() throws Exception {
        upstream.always(Reply.json(200, "{}"));
        post("");
        upstream.closeConnections();
        assertThat(upstream.awaitClosed(1).how()).isEqualTo(How.BY_SCRIPT);
    }

    private void readAll(Gate gate) {
        try (RawCaller caller = RawCaller.connect(upstream.port()).postJson("/", "{}")) {
            caller.head();
            assertThat(caller.chunk()).isEqualTo("data: 1\n\n");
            gate.open();
            caller.chunk();
        }
    }

    private void askRaw() {
        try (RawCaller caller = RawCaller.connect(upstream.port()).postJson("/", "{}")) {
            caller.answer();
        }
    }

    private HttpResponse<String> post(String path) throws Exception {
        return client.send(request(path), BodyHandlers.ofString());
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create(upstream.baseUrl() + "/" + path))
                .version(HttpClient.Version.HTTP_1_1)
                .POST(BodyPublishers.ofString("{}"))
                .build();
    }
}
