package io.understudy.servlet.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.core.failure.ErrorFacts;
import io.understudy.servlet.config.CommitOn;
import io.understudy.servlet.dialect.StreamEvent;
import io.understudy.servlet.fake.FakeCaller;
import io.understudy.servlet.fake.ManualScheduler;
import io.understudy.servlet.fake.ScriptedSource;
import io.understudy.servlet.loop.SerialLoop;
import io.understudy.servlet.loop.Timers;
import io.understudy.servlet.loop.Timers.Timer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/** A relay between an upstream and a caller that the test plays both. Times of silence are over when the test says so. */
final class RelayedStream implements StreamRelay.Ending {
    final ScriptedSource upstream = new ScriptedSource();
    final FakeCaller caller = new FakeCaller();
    final ManualScheduler scheduler;
    final Timers timers;

    private final List<Throwable> defects = new ArrayList<>();
    private final List<Throwable> departures = new ArrayList<>();
    private final List<String> endings = new ArrayList<>();
    private final CompletableFuture<String> told = new CompletableFuture<>();
    private final WordReader reader = new WordReader();
    private final SerialLoop loop = new SerialLoop(defects::add);
    private final CallerOutput output;
    private final Heartbeat heartbeat;
    private @Nullable StreamRelay relay;
    private boolean taken;

    /** A stream in which no time passes unless the test says so. */
    RelayedStream() {
        this(new ManualScheduler());
    }

    private RelayedStream(ManualScheduler manual) {
        this(manual, manual, Duration.ofNanos(1));
    }

    /** A stream in real time, without heartbeats. */
    RelayedStream(Scheduler real) {
        this(real, new ManualScheduler(), Duration.ofHours(1));
    }

    private RelayedStream(Scheduler used, ManualScheduler manual, Duration beat) {
        this.scheduler = manual;
        this.timers = new Timers(used, loop);
        this.output =
                new CallerOutput(caller.context(), caller.response(), loop, timers, Duration.ofHours(1), this::left);
        this.heartbeat = new Heartbeat(timers, output, beat, () -> output.openStream(200, Map.of()));
    }

    /** Commits with these events, to a caller who is ready. */
    void begin(String opening) throws IOException {
        output.openStream(200, Map.of());
        caller.goOn();
        beginAtOnce(opening);
    }

    /** Commits with these events, whether the caller is ready or not. */
    void beginAtOnce(String opening) {
        CommitGate gate = new CommitGate(CommitOn.FIRST_CONTENT, 0, bytes -> true, reader);
        List<StreamEvent> events = new ArrayList<>();
        new SseParser().parse(ByteBuffer.wrap(opening.getBytes(UTF_8)), events::add);
        events.forEach(gate::accept);
        if (!output.isOpen()) {
            output.openStream(200, Map.of());
        }
        StreamRelay started = new StreamRelay(
                new EventSource(upstream), reader, output, loop, timers, heartbeat, Duration.ofNanos(1), this);
        relay = started;
        loop.execute(() -> started.start(gate, () -> taken = true));
    }

    /** Whether the relay has said that all that the gate held has been taken. */
    boolean isTaken() {
        return taken;
    }

    StreamRelay relay() {
        return Objects.requireNonNull(relay, "not begun");
    }

    /** What the caller has got. */
    String written() {
        return caller.text();
    }

    /** How it ended, or null. */
    @Nullable
    String ending() {
        return endings.isEmpty() ? null : endings.get(0);
    }

    /** How it ends. */
    CompletableFuture<String> told() {
        return told;
    }

    List<Throwable> departures() {
        return departures;
    }

    /** Lets a heartbeat come, and nothing else. */
    void beatNow() {
        timers.stop(Timer.IDLE);
        timers.stop(Timer.STALLED_WRITE);
        loop.execute(heartbeat::postpone);
        scheduler.fire();
    }

    /** What nobody will read any more is the connection's to clean up. */
    void discardTheRest() {
        for (var chunk = upstream.read(); chunk != null; chunk = upstream.read()) {
            chunk.release();
        }
    }

    /** Nothing crashed, the end was told at most once, and every chunk that was read has been given back. */
    void verify() {
        assertThat(defects).isEmpty();
        assertThat(endings).hasSizeLessThanOrEqualTo(1);
        assertThat(upstream.kept()).isZero();
    }

    @Override
    public void whole() {
        tell("whole");
    }

    @Override
    public void lost(Throwable cause) {
        tell("lost " + cause.getMessage());
    }

    @Override
    public void truncated() {
        tell("truncated");
    }

    @Override
    public void silent(Duration silence) {
        tell("silent " + silence);
    }

    @Override
    public void error(ErrorFacts facts) {
        tell("error " + facts.code());
    }

    private void tell(String ending) {
        endings.add(ending);
        told.complete(ending);
    }

    private void left(Throwable cause) {
        departures.add(cause);
        if (relay != null) {
            relay.stop();
        }
        output.abandon();
    }
}
