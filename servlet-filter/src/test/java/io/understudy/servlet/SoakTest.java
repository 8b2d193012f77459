package io.understudy.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.servlet.testing.ChatWire;
import io.understudy.servlet.testing.Frames;
import io.understudy.servlet.testing.MessageHead;
import io.understudy.servlet.testing.RawCaller;
import io.understudy.servlet.testing.Reply;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collections;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;

/**
 * Many streams in which anything may go wrong in any phase, on either side: afterwards nothing is left of them. With
 * {@code -Dsoak} a thousand of half a minute and ten thousand that are left at once, otherwise fewer and shorter ones.
 */
@Timeout(value = 10, unit = MINUTES)
class SoakTest {
    private static final boolean LONG = System.getProperty("soak") != null;
    private static final int STREAMS = LONG ? 1_000 : 200;
    private static final int EVENTS = LONG ? 60 : 5;
    private static final int LEFT = LONG ? 10_000 : 500;
    private static final Duration GAP = Duration.ofMillis(500);
    private static final long SEED = 5;

    private static final ChatWire WIRE = new ChatWire("served");
    private static final Frames FRAMES = WIRE.streamed("heard");
    private static final String CHAT = "/v1" + WIRE.path();

    private final LongAdder whole = new LongAdder();
    private final LongAdder told = new LongAdder();
    private final LongAdder left = new LongAdder();
    private SoakedGateway gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = new SoakedGateway();
        gateway.first().always(SoakTest::fate);
        gateway.second().always(request -> slowly(3).events(FRAMES.ending()).end());
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void nothing_is_left_of_streams_in_which_anything_went_wrong(TestReporter reporter) throws InterruptedException {
        int peak = callAll(STREAMS, STREAMS, this::call);
        gateway.awaitNothingLeft();
        reporter.publishEntry(
                "soak",
                "%d streams of %d events: %d whole, %d told of an error, %d left by their callers; at most %d threads"
                        .formatted(STREAMS, EVENTS, whole.sum(), told.sum(), left.sum(), peak));
        assertThat(whole.sum() + told.sum() + left.sum()).isEqualTo(STREAMS);
        assertThat(whole.sum()).isPositive();
        assertThat(told.sum()).isPositive();
        assertThat(peak).isLessThanOrEqualTo(SoakedGateway.MOST_THREADS);
    }

    @Test
    void nothing_is_left_of_streams_that_were_left_at_once(TestReporter reporter) throws InterruptedException {
        gateway.first().always(request -> slowly(1).stall());
        int peak = callAll(LEFT, 50, number -> {
            try (RawCaller caller = ask(number)) {
                caller.head();
                caller.chunksUpTo("heard");
                caller.reset();
            }
        });
        gateway.awaitNothingLeft();
        reporter.publishEntry("soak", "%d streams left at once; at most %d threads".formatted(LEFT, peak));
        assertThat(peak).isLessThanOrEqualTo(SoakedGateway.MOST_THREADS);
    }

    /** What becomes of a request at the first provider, by the number in its id. */
    private static Reply fate(MessageHead request) {
        int number = Integer.parseInt(request.headers().first("x-request-id").orElseThrow());
        Random random = new Random(SEED + number);
        Reply opened = Reply.stream().events(FRAMES.opening());
        Reply begun = slowly(1 + random.nextInt(EVENTS));
        return switch (random.nextInt(20)) {
            case 0 -> Reply.drop();
            case 1 -> Reply.silence().reset();
            case 2 -> Reply.silence().stall();
            case 3 -> Reply.json(503, WIRE.error(503));
            case 4 -> Reply.json(200, "{");
            case 5 -> opened.event(WIRE.errorEvent("server_error", "broken")).end();
            case 6 -> opened.reset();
            case 7 -> opened.stall();
            case 8 -> begun.reset();
            case 9 -> begun.close();
            case 10 -> begun.end();
            case 11 -> begun.stall();
            case 12 -> begun.event("data: {\"choices\"").reset();
            case 13 -> begun.event(WIRE.errorEvent("server_error", "broken")).end();
            case 14 -> begun.event("data: no JSON\n\n").events(FRAMES.ending()).end();
            default -> slowly(EVENTS).events(FRAMES.ending()).end();
        };
    }

    private static Reply slowly(int events) {
        Reply opened = Reply.stream().events(FRAMES.opening());
        return Collections.nCopies(events, FRAMES.content().get(0)).stream()
                .reduce(opened, (reply, event) -> reply.event(event).after(GAP), (one, two) -> two);
    }

    /** A caller who leaves in some phase, or stays and is told how it ended. */
    private void call(int number) {
        Random random = new Random(-SEED - number);
        int manner = random.nextInt(10);
        try (RawCaller caller = manner == 0 ? begin(number) : ask(number)) {
            switch (manner) {
                case 0, 1 -> left.increment();
                case 2 -> {
                    caller.head();
                    left.increment();
                    caller.reset();
                }
                case 3 -> leaveInTheMiddle(caller);
                default -> hear(caller);
            }
        }
    }

    private void leaveInTheMiddle(RawCaller caller) {
        try {
            caller.head();
            caller.chunksUpTo("heard");
        } catch (AssertionError | UncheckedIOException e) {
            // It ended before its first content.
        }
        left.increment();
    }

    private void hear(RawCaller caller) {
        String text = caller.answer().text();
        if (text.endsWith("data: [DONE]\n\n")) {
            whole.increment();
        } else {
            assertThat(text).contains("\"error\":{").doesNotContain("[DONE]");
            told.increment();
        }
    }

    private RawCaller ask(int number) {
        byte[] body = WIRE.streamedRequest("public", "Hi").getBytes(UTF_8);
        return RawCaller.connect(gateway.port()).post(CHAT, body, "X-Request-Id", String.valueOf(number));
    }

    /** The beginning of a request that is never finished. */
    private RawCaller begin(int number) {
        return RawCaller.connect(gateway.port())
                .send(
                        "POST %s HTTP/1.1\r\nHost: localhost\r\nX-Request-Id: %d\r\nContent-Length: 1000\r\n\r\n{\"model\""
                                .formatted(CHAT, number));
    }

    /** Makes so many calls, so many at a time; answers the largest number of the gateway's threads meanwhile. */
    private static int callAll(int calls, int atATime, IntConsumer call) throws InterruptedException {
        ExecutorService callers = Executors.newFixedThreadPool(atATime);
        LongAdder wrong = new LongAdder();
        for (int i = 0; i < calls; i++) {
            int number = i;
            callers.execute(() -> {
                try {
                    call.accept(number);
                } catch (Throwable e) {
                    wrong.increment();
                    throw e;
                }
            });
        }
        callers.shutdown();
        int peak = 0;
        while (!callers.awaitTermination(100, MILLISECONDS)) {
            peak = Math.max(peak, SoakedGateway.threads());
        }
        assertThat(wrong.sum()).as("callers who heard what they should not").isZero();
        return peak;
    }
}
