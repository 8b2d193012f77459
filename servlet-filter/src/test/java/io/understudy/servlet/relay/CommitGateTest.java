package io.understudy.servlet.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.servlet.config.CommitOn;
import io.understudy.servlet.dialect.StreamEvent;
import io.understudy.servlet.relay.CommitGate.Verdict;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CommitGateTest {
    private static final int MAX_ANSWER = 1000;

    @ParameterizedTest(name = "commitOn {0}: the event {1} is {2}")
    @CsvSource({
        "FIRST_EVENT,   open,    COMMITTED",
        "FIRST_EVENT,   text,    COMMITTED",
        "FIRST_EVENT,   end,     COMMITTED",
        "FIRST_EVENT,   junk,    HELD",
        "FIRST_EVENT,   error,   FAILED",
        "FIRST_CONTENT, open,    HELD",
        "FIRST_CONTENT, text,    COMMITTED",
        "FIRST_CONTENT, finish,  COMMITTED",
        "FIRST_CONTENT, end,     COMMITTED",
        "FIRST_CONTENT, junk,    HELD",
        "FIRST_CONTENT, error,   FAILED",
        "COMPLETE,      open,    HELD",
        "COMPLETE,      text,    HELD",
        "COMPLETE,      finish,  COMMITTED",
        "COMPLETE,      end,     COMMITTED",
        "COMPLETE,      junk,    HELD",
        "COMPLETE,      error,   FAILED",
    })
    void the_first_event_is_judged_by_the_commit_point(CommitOn commitOn, String word, Verdict verdict) {
        assertThat(feed(gate(commitOn), WordReader.event(word))).containsExactly(verdict);
    }

    @ParameterizedTest
    @EnumSource(value = CommitOn.class, mode = EnumSource.Mode.EXCLUDE, names = "HEADERS")
    void comments_and_bare_fields_commit_nothing_but_go_out_with_the_rest(CommitOn commitOn) {
        CommitGate gate = gate(commitOn);
        assertThat(feed(gate, ": keep-alive\n\nretry: 3\n\n")).containsExactly(Verdict.HELD, Verdict.HELD);
        assertThat(feed(gate, WordReader.event("end"))).containsExactly(Verdict.COMMITTED);
        assertThat(released(gate)).isEqualTo(": keep-alive\n\nretry: 3\n\n" + WordReader.event("end"));
    }

    @ParameterizedTest
    @EnumSource(CommitOn.class)
    void only_the_headers_commit_before_any_event(CommitOn commitOn) {
        assertThat(gate(commitOn).isOpenFromTheStart()).isEqualTo(commitOn == CommitOn.HEADERS);
    }

    @Test
    void what_was_held_goes_out_in_order_byte_for_byte_and_once() {
        CommitGate gate = gate(CommitOn.FIRST_CONTENT);
        String stream = "id: 1\r\ndata: open\r\n\r\n: hi\n\ndata: open\n\ndata: text\n\n";
        assertThat(feed(gate, stream)).containsExactly(Verdict.HELD, Verdict.HELD, Verdict.HELD, Verdict.COMMITTED);
        assertThat(released(gate)).isEqualTo(stream);
        assertThat(gate.release()).isEmpty();
    }

    @Test
    void an_event_that_is_not_of_the_dialect_is_dropped_and_noted() {
        CommitGate gate = gate(CommitOn.FIRST_CONTENT);
        assertThat(gate.isDegraded()).isFalse();
        feed(gate, WordReader.event("open") + WordReader.event("junk") + WordReader.event("text"));
        assertThat(gate.isDegraded()).isTrue();
        assertThat(released(gate)).isEqualTo(WordReader.event("open") + WordReader.event("text"));
    }

    @Test
    void the_error_of_an_event_is_kept() {
        CommitGate gate = gate(CommitOn.FIRST_CONTENT);
        assertThat(feed(gate, WordReader.event("open") + WordReader.event("error")))
                .containsExactly(Verdict.HELD, Verdict.FAILED);
        assertThat(gate.error().code()).isEqualTo("a_code");
    }

    @Test
    void an_end_marker_is_noticed_a_mere_finish_is_not() {
        CommitGate ended = gate(CommitOn.FIRST_CONTENT);
        feed(ended, WordReader.event("end"));
        assertThat(ended.isEndSeen()).isTrue();
        CommitGate finished = gate(CommitOn.FIRST_CONTENT);
        feed(finished, WordReader.event("finish"));
        assertThat(finished.isEndSeen()).isFalse();
    }

    @Test
    void opening_events_are_held_up_to_256_kibibytes_and_then_let_out() {
        CommitGate gate = gate(CommitOn.FIRST_CONTENT);
        String comment = ":" + "x".repeat(1024 - 3) + "\n\n";
        assertThat(feed(gate, comment.repeat(256))).hasSize(256).containsOnly(Verdict.HELD);
        assertThat(feed(gate, "\n")).containsExactly(Verdict.COMMITTED);
        assertThat(released(gate)).hasSize(256 * 1024 + 1);
    }

    @Test
    void a_complete_answer_is_held_up_to_the_limit_of_answers_instead() {
        CommitGate gate = gate(CommitOn.COMPLETE);
        String event = WordReader.event("x".repeat(92));
        assertThat(feed(gate, event.repeat(10))).hasSize(10).containsOnly(Verdict.HELD);
        assertThat(feed(gate, WordReader.event("y"))).containsExactly(Verdict.COMMITTED);
        assertThat(gate.isEndSeen()).isFalse();
        assertThat(released(gate)).isEqualTo(event.repeat(10) + WordReader.event("y"));
    }

    @Test
    void of_a_complete_answer_even_an_error_after_content_leaves_no_trace() {
        CommitGate gate = gate(CommitOn.COMPLETE);
        assertThat(feed(gate, WordReader.event("text") + WordReader.event("error")))
                .containsExactly(Verdict.HELD, Verdict.FAILED);
    }

    private static CommitGate gate(CommitOn commitOn) {
        return new CommitGate(commitOn, MAX_ANSWER, bytes -> true, new WordReader());
    }

    private static List<Verdict> feed(CommitGate gate, String stream) {
        List<StreamEvent> events = new ArrayList<>();
        new SseParser().parse(ByteBuffer.wrap(stream.getBytes(UTF_8)), events::add);
        return events.stream().map(gate::accept).toList();
    }

    private static String released(CommitGate gate) {
        StringBuilder text = new StringBuilder();
        gate.release().forEach(bytes -> text.append(new String(bytes, UTF_8)));
        return text.toString();
    }
}
