package io.understudy.servlet.relay;

import static io.understudy.servlet.relay.WordReader.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.servlet.loop.Timers.Timer;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which time runs when: that of the provider's silence, that of the formal end, or none. */
class StreamRelayTimeTest {
    private final RelayedStream stream = new RelayedStream();

    @AfterEach
    void everything_was_given_back_and_the_end_was_told_at_most_once() {
        stream.verify();
    }

    @Test
    void the_time_of_silence_begins_with_the_stream_and_anew_with_every_byte() throws IOException {
        stream.begin(event("text"));
        assertThat(stream.timers.runs(Timer.IDLE)).isTrue();
        stream.timers.stop(Timer.IDLE);
        stream.upstream.text(event("more"));
        assertThat(stream.timers.runs(Timer.IDLE)).isTrue();
        stream.timers.stop(Timer.IDLE);
        stream.upstream.text(": comment\n\n");
        assertThat(stream.timers.runs(Timer.IDLE)).isTrue();
        stream.timers.stop(Timer.IDLE);
        stream.upstream.text("data: a part");
        assertThat(stream.timers.runs(Timer.IDLE)).isTrue();
    }

    @Test
    void no_time_runs_while_the_caller_pauses_and_it_runs_again_when_it_goes_on() throws IOException {
        stream.begin(event("text"));
        stream.caller.stopTaking();
        stream.upstream.text(event("more"));
        assertThat(stream.timers.runs(Timer.IDLE)).isFalse();
        stream.caller.goOn();
        assertThat(stream.timers.runs(Timer.IDLE)).isTrue();
        stream.scheduler.fire();
        assertThat(stream.ending()).startsWith("silent");
    }

    @Test
    void a_whole_answer_waits_for_its_formal_end_and_no_longer_for_silence() throws IOException {
        stream.begin(event("text"));
        stream.upstream.text(event("finish"));
        assertThat(stream.timers.runs(Timer.CLOSING)).isTrue();
        assertThat(stream.timers.runs(Timer.IDLE)).isFalse();
        stream.scheduler.fire();
        assertThat(stream.ending()).isNull();
    }

    @Test
    void an_answer_that_goes_on_after_all_is_waited_for_again() throws IOException {
        stream.begin(event("text"));
        stream.upstream.text(event("finish")).text(event("reopen"));
        assertThat(stream.timers.runs(Timer.CLOSING)).isFalse();
        assertThat(stream.timers.runs(Timer.IDLE)).isTrue();
    }

    @Test
    void a_caller_who_pauses_before_the_formal_end_still_gets_what_comes_before_it() throws IOException {
        stream.begin(event("text"));
        stream.caller.stopTaking();
        stream.upstream.text(event("finish")).text(event("open")).text(event("end"));
        assertThat(stream.timers.runs(Timer.CLOSING)).isFalse();
        stream.caller.goOn();
        assertThat(stream.ending()).isEqualTo("whole");
        assertThat(stream.written()).isEqualTo(event("text") + event("finish") + event("open") + event("end"));
    }

    @Test
    void no_time_runs_after_the_end() throws IOException {
        stream.begin(event("text"));
        stream.upstream.text(event("end"));
        assertThat(stream.timers.runs(Timer.IDLE)).isFalse();
        assertThat(stream.timers.runs(Timer.CLOSING)).isFalse();
    }

    @Test
    void a_formal_end_that_does_not_come_is_written_within_seconds() throws IOException {
        ScheduledExecutorScheduler real = new ScheduledExecutorScheduler("relay-test", true);
        LifeCycle.start(real);
        try {
            RelayedStream timed = new RelayedStream(real);
            timed.begin(event("finish"));
            assertThat(timed.told().orTimeout(30, TimeUnit.SECONDS).join()).isEqualTo("whole");
            assertThat(timed.written()).isEqualTo(event("finish") + event("closing"));
        } finally {
            LifeCycle.stop(real);
        }
    }

    @Test
    void a_caller_who_hears_nothing_gets_a_comment_at_a_time() throws IOException {
        stream.begin(event("text"));
        stream.beatNow();
        assertThat(stream.written()).isEqualTo(event("text") + ": keep-alive\n\n");
        stream.caller.stopTaking();
        stream.beatNow();
        stream.beatNow();
        stream.beatNow();
        stream.caller.goOn();
        assertThat(stream.written()).isEqualTo(event("text") + ": keep-alive\n\n: keep-alive\n\n");
    }

    @Test
    void a_heartbeat_never_falls_into_an_event() throws IOException {
        stream.begin(event("text"));
        stream.upstream.text("data: mo");
        stream.beatNow();
        stream.upstream.text("re\n\n");
        assertThat(stream.written()).isEqualTo(event("text") + ": keep-alive\n\n" + event("more"));
    }

    @Test
    void before_anything_is_said_the_first_heartbeat_opens_the_answer() throws IOException {
        stream.beatNow();
        assertThat(stream.caller.status()).isEqualTo(200);
        stream.caller.goOn();
        assertThat(stream.written()).isEqualTo(": keep-alive\n\n");
    }
}
