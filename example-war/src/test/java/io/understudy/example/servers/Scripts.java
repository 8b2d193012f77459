package io.understudy.example.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.servlet.testing.ChatWire;
import io.understudy.servlet.testing.Frames;
import io.understudy.servlet.testing.Gate;
import io.understudy.servlet.testing.RawCaller;
import io.understudy.servlet.testing.Reply;
import io.understudy.servlet.testing.Wire;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** What a provider does in the checks of the gate. */
final class Scripts {
    static final Wire WIRE = new ChatWire("gpt-4o");
    static final String HELLO = WIRE.answer("Hello");

    private static final String EVENT_STREAM = "text/event-stream";
    private static final int FLOOD_EVENTS = 1024;
    private static final int FLOOD_EVENT_BYTES = 65_536;

    /** How many bytes of content {@link #flood} has. */
    static final long FLOOD_BYTES = (long) FLOOD_EVENTS * FLOOD_EVENT_BYTES;

    private Scripts() {}

    /** A plain answer. */
    static Reply hello() {
        return Reply.json(200, HELLO);
    }

    /** A short stream, complete. */
    static Reply wholeStream() {
        return Reply.stream(WIRE.streamed("Hello", " you").all());
    }

    /** The text of the n-th event of {@link #gated}. */
    static String piece(int n) {
        return "piece-" + n;
    }

    /** A stream with an event for each gate; the next event is sent when the gate behind the one before has opened. */
    static Reply gated(List<Gate> gates) {
        Frames frames = pieces(gates.size());
        Reply reply = Reply.stream().events(frames.opening());
        for (int i = 0; i < gates.size(); i++) {
            reply = reply.event(frames.content().get(i)).await(gates.get(i));
        }
        return reply.events(frames.ending()).end();
    }

    /**
     * Reads what {@link #gated} sends to its end, opening each gate only after its event has come: if anybody held one
     * back, nothing would move.
     *
     * @return how long the slowest event took
     */
    static Duration readGated(RawCaller reader, List<Gate> gates) {
        assertThat(reader.head().status()).isEqualTo(200);
        Duration slowest = Duration.ZERO;
        for (int i = 0; i < gates.size(); i++) {
            long sent = System.nanoTime();
            reader.chunksUpTo(piece(i));
            slowest = Collections.max(List.of(slowest, Duration.ofNanos(System.nanoTime() - sent)));
            gates.get(i).open();
        }
        reader.chunksUpTo("[DONE]");
        return slowest;
    }

    /** All that {@link #gated} sends with so many gates. */
    static String gatedText(int gates) {
        return pieces(gates).text();
    }

    private static Frames pieces(int count) {
        return WIRE.streamed(IntStream.range(0, count).mapToObj(Scripts::piece).toArray(String[]::new));
    }

    /** More than all buffers on the way can hold. */
    static Reply flood() {
        Frames frames = WIRE.streamed("x".repeat(FLOOD_EVENT_BYTES));
        List<String> flood = Collections.nCopies(FLOOD_EVENTS, frames.content().get(0));
        return Reply.stream().events(flood).events(frames.ending()).end();
    }

    /** A stream of so many events that say hello, and no end. */
    static Reply slowly(int events, Duration gap) {
        Frames frames = WIRE.streamed("Hello");
        Reply reply = Reply.stream();
        for (int i = 0; i < events; i++) {
            reply = reply.events(frames.content()).after(gap);
        }
        return reply.stall();
    }

    /** An answer, streamed if that is accepted, that starts with silence: after the head of a stream, else before it. */
    static Reply silentAtFirst(Duration silence, String accept) {
        return accept.equals(EVENT_STREAM)
                ? Reply.stream()
                        .after(silence)
                        .events(WIRE.streamed("Hello").all())
                        .end()
                : Reply.silence().after(silence).write(onTheWire(HELLO));
    }

    private static byte[] onTheWire(String json) {
        int length = json.getBytes(StandardCharsets.UTF_8).length;
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(length, json)
                .getBytes(StandardCharsets.UTF_8);
    }
}
