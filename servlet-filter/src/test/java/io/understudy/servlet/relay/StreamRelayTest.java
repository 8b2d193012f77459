package io.understudy.servlet.relay;

import static io.understudy.servlet.relay.WordReader.event;
import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.servlet.loop.Timers.Timer;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamRelayTest {
    private final RelayedStream stream = new RelayedStream();

    @AfterEach
    void everything_was_given_back_and_the_end_was_told_at_most_once() {
        stream.verify();
    }

    @Test
    void what_the_gate_held_comes_first_and_then_each_event_as_it_comes() throws IOException {
        stream.begin(event("open") + ": hi\n\n" + event("text"));
        assertThat(stream.written()).isEqualTo(event("open") + ": hi\n\n" + event("text"));
        stream.upstream.text(event("more"));
        assertThat(stream.written()).endsWith(event("more"));
        assertThat(stream.ending()).isNull();
    }

    @Test
    void bytes_are_passed_on_as_they_came() throws IOException {
        String odd = "id: 7\r\nevent: x\r\ndata:a\r\ndata:b\r\nretry: 1\r\n\r\n: comment\r\r";
        stream.begin(event("text"));
        stream.upstream.text(odd);
        assertThat(stream.written()).isEqualTo(event("text") + odd);
    }

    @Test
    void an_event_in_pieces_is_passed_on_when_it_is_whole() throws IOException {
        stream.begin(event("text"));
        for (char c : event("more").toCharArray()) {
            assertThat(stream.written()).isEqualTo(event("text"));
            stream.upstream.text(String.valueOf(c));
        }
        assertThat(stream.written()).isEqualTo(event("text") + event("more"));
    }

    @Test
    void events_that_come_together_are_flushed_together_and_single_ones_at_once() throws IOException {
        stream.begin(event("text"));
        int flushes = stream.caller.flushes();
        stream.upstream.text(event("a") + event("b") + event("c"));
        assertThat(stream.caller.flushes()).isEqualTo(flushes + 1);
        stream.upstream.text(event("d"));
        assertThat(stream.caller.flushes()).isEqualTo(flushes + 2);
    }

    @Test
    void the_end_marker_ends_it_whole_without_waiting_for_the_connection() throws IOException {
        stream.begin(event("text"));
        stream.upstream.text(event("end") + event("never read"));
        assertThat(stream.ending()).isEqualTo("whole");
        assertThat(stream.written()).isEqualTo(event("text") + event("end"));
    }

    @Test
    void an_end_marker_in_the_gate_ends_it_at_once() throws IOException {
        stream.begin(event("text") + event("end"));
        assertThat(stream.ending()).isEqualTo("whole");
    }

    @Test
    void an_event_that_is_not_of_the_dialect_is_dropped_and_noted() throws IOException {
        stream.begin(event("text"));
        stream.upstream.text(event("junk") + event("more"));
        assertThat(stream.written()).isEqualTo(event("text") + event("more"));
        assertThat(stream.relay().isDegraded()).isTrue();
    }

    @Test
    void what_the_gate_dropped_is_noted_too() throws IOException {
        stream.begin(event("junk") + event("text"));
        assertThat(stream.relay().isDegraded()).isTrue();
    }

    @Test
    void an_error_event_ends_it_and_is_not_passed_on_as_it_is() throws IOException {
        stream.begin(event("text"));
        stream.upstream.text(event("error") + event("more"));
        assertThat(stream.ending()).isEqualTo("error a_code");
        assertThat(stream.written()).isEqualTo(event("text"));
    }

    @Test
    void a_connection_that_breaks_off_loses_the_answer() throws IOException {
        stream.begin(event("text"));
        stream.upstream.text("data: mo").broken(new IOException("reset"));
        assertThat(stream.ending()).isEqualTo("lost reset");
        assertThat(stream.written()).isEqualTo(event("text"));
    }

    @Test
    void a_proper_end_without_the_marker_is_a_truncation() throws IOException {
        stream.begin(event("text"));
        stream.upstream.end();
        assertThat(stream.ending()).isEqualTo("truncated");
    }

    @ParameterizedTest
    @ValueSource(strings = {"data: mo", "data: more", "data: more\n", "data: junk\n", "event: x\n", ": comment", "\n"})
    void a_partial_last_event_is_dropped(String rest) throws IOException {
        stream.begin(event("text"));
        stream.upstream.text(rest).end();
        assertThat(stream.ending()).isEqualTo("truncated");
        assertThat(stream.written().strip()).isEqualTo(event("text").strip());
    }

    @ParameterizedTest
    @ValueSource(strings = {"data: end", "data: end\n", "data: end\r\n", "data: end\r"})
    void an_end_marker_counts_without_its_blank_line(String rest) throws IOException {
        stream.begin(event("text"));
        stream.upstream.text(rest).end();
        assertThat(stream.ending()).isEqualTo("whole");
        assertThat(stream.written()).isEqualTo(event("text") + rest + "\n\n");
    }

    @Test
    void an_error_counts_without_its_blank_line() throws IOException {
        stream.begin(event("text"));
        stream.upstream.text("data: error\n").end();
        assertThat(stream.ending()).isEqualTo("error a_code");
        assertThat(stream.written()).isEqualTo(event("text"));
    }

    @Test
    void the_event_that_makes_the_answer_whole_counts_without_its_blank_line_and_is_passed_on() throws IOException {
        stream.begin(event("text"));
        stream.upstream.text("data: finish\n").end();
        assertThat(stream.ending()).isEqualTo("whole");
        assertThat(stream.written()).isEqualTo(event("text") + "data: finish\n\n\n" + event("closing"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void an_answer_that_is_whole_gets_its_formal_end_however_the_connection_ends(boolean properly) throws IOException {
        stream.begin(event("text"));
        stream.upstream.text(event("finish"));
        assertThat(stream.ending()).isNull();
        if (properly) {
            stream.upstream.end();
        } else {
            stream.upstream.broken(new IOException("reset"));
        }
        assertThat(stream.ending()).isEqualTo("whole");
        assertThat(stream.written()).isEqualTo(event("text") + event("finish") + event("closing"));
    }

    @Test
    void what_comes_between_the_finish_and_the_marker_is_passed_on() throws IOException {
        stream.begin(event("text"));
        stream.upstream.text(event("finish")).text(event("open")).text(event("end"));
        assertThat(stream.ending()).isEqualTo("whole");
        assertThat(stream.written()).isEqualTo(event("text") + event("finish") + event("open") + event("end"));
    }

    @Test
    void a_line_without_end_loses_the_answer() throws IOException {
        stream.begin(event("text"));
        stream.upstream.text("data: " + "x".repeat(SseParser.MAX_LINE));
        assertThat(stream.ending()).startsWith("lost an event of the stream is too long");
    }

    @Test
    void what_the_gate_held_is_told_to_be_taken_when_the_caller_has_it() throws IOException {
        stream.begin(event("text"));
        assertThat(stream.isTaken()).isTrue();
        RelayedStream slow = new RelayedStream();
        slow.beginAtOnce(event("text"));
        assertThat(slow.isTaken()).isFalse();
        slow.caller.goOn();
        assertThat(slow.isTaken()).isTrue();
    }

    @Test
    void a_relay_that_is_stopped_neither_reads_nor_writes_nor_tells() throws IOException {
        stream.begin(event("text"));
        stream.relay().stop();
        stream.upstream.text(event("end"));
        assertThat(stream.written()).isEqualTo(event("text"));
        assertThat(stream.ending()).isNull();
        assertThat(stream.upstream.unreleased()).isEqualTo(1);
    }

    @Test
    void a_caller_who_leaves_stops_the_reading() throws IOException {
        stream.begin(event("text"));
        stream.caller.leave(new IOException("gone"));
        stream.upstream.text(event("a") + event("b")).text(event("c"));
        assertThat(stream.departures()).hasSize(1);
        assertThat(stream.upstream.isDemanded()).isFalse();
        assertThat(stream.ending()).isNull();
        stream.discardTheRest();
    }

    @Test
    void a_caller_who_pauses_stops_the_reading_until_it_goes_on() throws IOException {
        stream.begin(event("text"));
        stream.caller.stopTaking();
        for (int i = 0; i < 100; i++) {
            stream.upstream.text(event("e" + i));
        }
        assertThat(stream.upstream.unreleased()).isGreaterThan(95);
        stream.caller.goOn();
        assertThat(stream.upstream.unreleased()).isZero();
        assertThat(stream.written()).startsWith(event("text") + event("e0")).endsWith(event("e98") + event("e99"));
    }

    @Test
    void the_silence_of_a_provider_ends_the_stream() throws IOException {
        stream.begin(event("text"));
        assertThat(stream.timers.runs(Timer.IDLE)).isTrue();
        stream.scheduler.fire();
        assertThat(stream.ending()).isEqualTo("silent PT0.000000001S");
    }
}
