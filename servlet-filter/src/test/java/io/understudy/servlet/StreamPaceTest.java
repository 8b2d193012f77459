package io.understudy.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.servlet.testing.ChatWire;
import io.understudy.servlet.testing.Frames;
import io.understudy.servlet.testing.GatewayServer;
import io.understudy.servlet.testing.RawCaller;
import io.understudy.servlet.testing.Reply;
import io.understudy.servlet.testing.ScriptedUpstream;
import java.lang.management.ManagementFactory;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** How fast a stream gets through the gateway, and how slowly it may. */
class StreamPaceTest {
    private static final ChatWire WIRE = new ChatWire("served");
    private static final Frames FRAMES = WIRE.streamed("text");
    private static final Pattern STAMP = Pattern.compile("at-(\\d+)-");
    private static final int STREAMS = 200;
    private static final int FLOOD_EVENTS = 12_800;
    private static final int FLOOD_EVENT_BYTES = 8_192;

    private final ScriptedUpstream fast = ScriptedUpstream.start();
    private final ScriptedUpstream flooding = ScriptedUpstream.start();
    private GatewayServer gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = GatewayServer.start(
                """
                {"providers": {"a": {"type": "openai", "baseUrl": "%s"}, "b": {"type": "openai", "baseUrl": "%s"}},
                 "models": {"fast": [{"provider": "a"}], "flood": [{"provider": "b"}]}}
                """
                        .formatted(fast.baseUrl(), flooding.baseUrl()));
    }

    @AfterEach
    void stop() {
        gateway.close();
        fast.close();
        flooding.close();
    }

    /** The content tells when it was sent; how long it took is reported, since a test can't say how long it may take. */
    @Test
    void the_first_content_reaches_the_caller_before_anything_else_is_sent(TestReporter reporter) {
        fast.always(Reply.stream()
                .events(FRAMES.opening())
                .event(() -> FRAMES.content().get(0).replace("text", "at-" + System.nanoTime() + "-"))
                .stall());
        long[] nanos = LongStream.range(0, STREAMS)
                .map(i -> firstContentNanos())
                .sorted()
                .toArray();
        reporter.publishEntry(
                "first content, upstream's write to caller's read",
                "p50 %d us, p99 %d us of %d streams"
                        .formatted(nanos[STREAMS / 2] / 1000, nanos[STREAMS * 99 / 100] / 1000, STREAMS));
        assertThat(nanos).hasSize(STREAMS);
    }

    @Test
    void a_slow_caller_slows_the_upstream_down_and_nobody_else(TestReporter reporter) {
        String event = WIRE.streamed("x".repeat(FLOOD_EVENT_BYTES)).content().get(0);
        flooding.always(Reply.stream().flood(event, FLOOD_EVENTS).stall());
        fast.always(Reply.stream(FRAMES.all()));
        long heap = heapUsed();
        try (RawCaller slow = RawCaller.connectNarrow(gateway.port())) {
            slow.postJson("/v1" + WIRE.path(), WIRE.streamedRequest("flood", "Hi"));
            slow.head();
            for (int i = 0; i < 10; i++) {
                assertThat(slow.bytes(1024)).hasSize(1024);
                assertThat(whole("fast")).isEqualTo(FRAMES.text());
            }
            long written = writtenOnceStalled();
            reporter.publishEntry(
                    "taken from the provider for a caller who has read 10 KiB of 100 MiB",
                    "%d KiB; heap grew by %d KiB".formatted(written / 1024, (heapUsed() - heap) / 1024));
            assertThat(written).isLessThan((long) FLOOD_EVENTS * FLOOD_EVENT_BYTES / 2);
            slow.reset();
        }
    }

    private long firstContentNanos() {
        try (RawCaller caller = RawCaller.connect(gateway.port())) {
            caller.postJson("/v1" + WIRE.path(), WIRE.streamedRequest("fast", "Hi"));
            caller.head();
            Matcher stamp = STAMP.matcher(caller.chunksUpTo("at-"));
            long now = System.nanoTime();
            assertThat(stamp.find()).isTrue();
            return now - Long.parseLong(stamp.group(1));
        }
    }

    private String whole(String model) {
        try (RawCaller caller = RawCaller.connect(gateway.port())) {
            return caller.postJson("/v1" + WIRE.path(), WIRE.streamedRequest(model, "Hi"))
                    .answer()
                    .text();
        }
    }

    /** The number of bytes written once the provider's writing has come to rest. */
    private long writtenOnceStalled() {
        int connection = flooding.requests().get(0).connection();
        long before = -1;
        for (long now = flooding.written(connection); now != before; now = flooding.written(connection)) {
            before = now;
            LockSupport.parkNanos(300_000_000);
        }
        return before;
    }

    private static long heapUsed() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
