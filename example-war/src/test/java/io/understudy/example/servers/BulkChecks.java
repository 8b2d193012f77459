package io.understudy.example.servers;

import static io.understudy.example.servers.ForeignChecks.LLM;
import static io.understudy.example.servers.Guests.CHAT;
import static io.understudy.example.servers.Guests.FOREIGN_SYNCHRONOUS;
import static io.understudy.example.servers.Providers.PLAIN;
import static io.understudy.example.servers.Scripts.HELLO;
import static io.understudy.example.servers.Scripts.WIRE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.understudy.servlet.testing.Gate;
import io.understudy.servlet.testing.RawAnswer;
import io.understudy.servlet.testing.RawCaller;
import io.understudy.servlet.testing.ReceivedRequest;
import io.understudy.servlet.testing.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Large requests, and many at once. */
interface BulkChecks {
    int LARGE = 9 * 1024 * 1024;
    int MANY = 200;
    String HEARTBEAT = ": keep-alive\n\n";

    Trial trial();

    /** A picture, as chat knows it: the size that application servers' own limits have to let through. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {CHAT, FOREIGN_SYNCHRONOUS + LLM})
    default void takes_nine_megabytes_as_they_are(String path) {
        assumeTrue(trial().kind().isContainer() || path.equals(CHAT));
        String json = WIRE.request(PLAIN, "data:image/png;base64," + picture());
        trial().providers().steady().then(Scripts.hello());
        long start = System.nanoTime();
        try (RawCaller caller = trial().caller().open(Account.CALLER, path, json)) {
            assertThat(caller.answer().text()).isEqualTo(HELLO);
        }
        trial().results().measured(ResultTable.millisSince(start));
        assertThat(Arrays.mismatch(lastBody(), json.getBytes(UTF_8)))
                .as("where the body differs from what was sent")
                .isNegative();
    }

    /** To somebody with a small buffer, who asks again on the same connection: so the first exchange is over. */
    @Test
    default void brings_a_large_answer_to_its_end() {
        String large = WIRE.answer(picture());
        trial().providers().steady().then(Reply.json(200, large), Scripts.hello());
        try (RawCaller caller = trial().caller().open(CHAT, WIRE.request(PLAIN, "Hi"))) {
            assertThat(caller.answer().text()).isEqualTo(large);
            assertThat(caller.postJson(CHAT, WIRE.request(PLAIN, "Hi")).answer().text())
                    .isEqualTo(HELLO);
        }
    }

    /** Open Liberty does it by itself. */
    @Test
    default void inflates_a_body() throws IOException {
        byte[] json = WIRE.request(PLAIN, "Hi".repeat(1000)).getBytes(UTF_8);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(json);
        }
        trial().providers().steady().then(Scripts.hello());
        try (RawCaller caller = RawCaller.connect(trial().server().port())) {
            caller.post(CHAT, packed.toByteArray(), "Content-Type", "application/json", "Content-Encoding", "gzip");
            assertThat(caller.answer().text()).isEqualTo(HELLO);
        }
        assertThat(lastBody()).isEqualTo(json);
    }

    /** More than Tomcat and Jetty have room for in the head of an answer. */
    @Test
    default void keeps_an_answer_whose_provider_says_much_in_headers() {
        String[] headers = IntStream.range(0, 15)
                .boxed()
                .flatMap(i -> Stream.of("x-ratelimit-" + i, "v".repeat(900)))
                .toArray(String[]::new);
        trial().providers().steady().then(Reply.json(200, HELLO, headers));
        RawAnswer answer = trial().caller().post(CHAT, WIRE.request(PLAIN, "Hi"));
        assertThat(answer.text()).isEqualTo(HELLO);
        assertThat(answer.headers().first("x-ratelimit-0")).isPresent();
    }

    private byte[] lastBody() {
        List<ReceivedRequest> requests = trial().providers().steady().requests();
        return requests.get(requests.size() - 1).body();
    }

    /** All of them have had the same event before any of them gets the next: so they are open at the same time. */
    @Test
    default void carries_two_hundred_streams_at_once() {
        List<Gate> gates = Stream.generate(Gate::new).limit(4).toList();
        trial().providers().steady().always(Scripts.gated(gates));
        List<String> contexts = trial().contexts();
        List<Listener> listeners = new ArrayList<>();
        long start = System.nanoTime();
        try {
            for (int i = 0; i < MANY; i++) {
                String path = contexts.get(i % contexts.size()) + CHAT;
                listeners.add(Listener.to(trial().caller().openWith(path, WIRE.streamedRequest(PLAIN, "Hi"))));
            }
            for (int i = 0; i < gates.size(); i++) {
                String piece = Scripts.piece(i);
                listeners.forEach(listener -> listener.hear(piece));
                assertThat(trial().providers().steady().busyConnections()).isGreaterThanOrEqualTo(MANY);
                gates.get(i).open();
            }
            listeners.forEach(Listener::hearTheRest);
            trial().results().measured(ResultTable.millisSince(start));
        } finally {
            listeners.forEach(listener -> listener.caller().close());
        }
        assertThat(listeners)
                .allSatisfy(listener -> assertThat(listener.text()).isEqualTo(Scripts.gatedText(gates.size())));
    }

    private static String picture() {
        Random random = new Random(9);
        StringBuilder base64 = new StringBuilder(LARGE);
        while (base64.length() < LARGE) {
            base64.append(
                    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".charAt(random.nextInt(64)));
        }
        return base64.toString();
    }

    /** Somebody who hears one of the streams, and what was heard so far. */
    record Listener(RawCaller caller, StringBuilder heard) {
        static Listener to(RawCaller caller) {
            return new Listener(caller, new StringBuilder());
        }

        void hear(String piece) {
            if (heard.isEmpty()) {
                assertThat(caller.head().status()).isEqualTo(200);
            }
            heard.append(caller.chunksUpTo(piece));
        }

        void hearTheRest() {
            heard.append(caller.chunksUpToTheEnd());
        }

        String text() {
            return heard.toString().replace(HEARTBEAT, "");
        }
    }
}
