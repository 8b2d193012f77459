package io.understudy.servlet.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.understudy.servlet.fake.FakeCaller;
import io.understudy.servlet.fake.FakeRequest;
import io.understudy.servlet.fake.ManualScheduler;
import io.understudy.servlet.loop.SerialLoop;
import io.understudy.servlet.loop.Timers;
import io.understudy.servlet.loop.Timers.Timer;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallerOutputTest {
    private final FakeCaller caller = new FakeCaller();
    private final ManualScheduler scheduler = new ManualScheduler();
    private final List<Throwable> defects = new ArrayList<>();
    private final List<Throwable> departures = new ArrayList<>();
    private final List<String> drained = new ArrayList<>();
    private final SerialLoop loop = new SerialLoop(defects::add);
    private final Timers timers = new Timers(scheduler, loop);
    private final CallerOutput output = output(caller.context());

    @AfterEach
    void nothing_is_broken() {
        assertThat(defects).isEmpty();
    }

    @Test
    void an_answer_has_its_status_headers_length_and_body_and_ends_once() throws IOException {
        output.answer(503, Map.of("Content-Type", List.of("application/json")), bytes("{}"));
        caller.goOn();
        caller.goOn();
        assertThat(caller.status()).isEqualTo(503);
        assertThat(caller.headers())
                .containsOnly(Map.entry("Content-Type", "application/json"), Map.entry("Content-Length", "2"));
        assertThat(caller.text()).isEqualTo("{}");
        assertThat(caller.completions()).isEqualTo(1);
    }

    @Test
    void nothing_is_written_before_the_container_is_ready() throws IOException {
        output.openStream(200, Map.of());
        output.write(bytes("a"));
        output.flush();
        assertThat(caller.text()).isEmpty();
        assertThat(output.isDrained()).isFalse();
        caller.goOn();
        assertThat(caller.text()).isEqualTo("a");
        assertThat(output.isDrained()).isTrue();
    }

    @Test
    void the_head_of_a_stream_leaves_before_any_event() {
        assertThat(output.isOpen()).isFalse();
        output.openStream(200, Map.of("Content-Type", List.of("text/event-stream")));
        assertThat(output.isOpen()).isTrue();
        assertThat(caller.flushes()).isEqualTo(1);
        assertThat(caller.headers()).doesNotContainKey("Content-Length");
    }

    @Test
    void bytes_keep_their_order_while_the_caller_pauses() throws IOException {
        output.openStream(200, Map.of());
        caller.goOn();
        output.write(bytes("a"));
        caller.stopTaking();
        output.write(bytes("b"));
        output.write(bytes("c"));
        output.flush();
        assertThat(caller.text()).isEqualTo("a");
        assertThat(output.isIdle()).isFalse();
        caller.goOn();
        assertThat(caller.text()).isEqualTo("abc");
        assertThat(output.isIdle()).isTrue();
    }

    @Test
    void a_large_body_is_written_in_slices_of_32_kibibytes() throws IOException {
        String body = "0123456789".repeat(20_000);
        output.answer(200, Map.of(), bytes(body));
        caller.goOn();
        assertThat(caller.text()).isEqualTo(body);
        assertThat(caller.largestWrite()).isEqualTo(32 * 1024);
    }

    @Test
    void room_for_more_is_told_when_all_is_taken_and_only_then() throws IOException {
        output.onDrained(() -> drained.add(caller.text()));
        output.openStream(200, Map.of());
        output.write(bytes("a"));
        assertThat(drained).isEmpty();
        caller.goOn();
        assertThat(drained).containsExactly("a");
        caller.stopTaking();
        output.write(bytes("b"));
        assertThat(drained).hasSize(1);
        caller.goOn();
        assertThat(drained).containsExactly("a", "ab");
    }

    @Test
    void a_flush_waits_for_what_is_queued() throws IOException {
        output.openStream(200, Map.of());
        caller.goOn();
        caller.stopTaking();
        output.write(bytes("a"));
        output.flush();
        assertThat(caller.flushes()).isEqualTo(1);
        caller.goOn();
        assertThat(caller.text()).isEqualTo("a");
        assertThat(caller.flushes()).isEqualTo(2);
    }

    @Test
    void the_end_waits_for_what_is_queued() throws IOException {
        output.openStream(200, Map.of());
        caller.goOn();
        caller.stopTaking();
        output.write(bytes("a"));
        output.finish();
        assertThat(caller.completions()).isZero();
        caller.goOn();
        assertThat(caller.text()).isEqualTo("a");
        assertThat(caller.completions()).isEqualTo(1);
    }

    @Test
    void the_break_waits_for_what_is_queued_and_is_a_dispatch_that_fails() throws IOException {
        HttpServletRequest request = new BreakableRequest(FakeRequest.post("/").servlet());
        CallerOutput breakable = output(caller.context(request));
        breakable.openStream(200, Map.of());
        caller.goOn();
        caller.stopTaking();
        breakable.write(bytes("a"));
        breakable.breakOff();
        assertThat(caller.dispatches()).isZero();
        assertThat(breakable.isBrokenOff()).isFalse();
        assertThat(request.getMethod()).isEqualTo("POST");
        caller.goOn();
        assertThat(caller.text()).isEqualTo("a");
        assertThat(caller.dispatches()).isEqualTo(1);
        assertThat(caller.completions()).isZero();
        assertThat(breakable.isBrokenOff()).isTrue();
        assertThat(departures).hasSize(1);
        assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(request::getMethod);
    }

    @Test
    void the_end_of_a_stream_that_was_given_up_cannot_be_had() throws IOException {
        output.openStream(200, Map.of());
        assertThat(caller.trailers()).isEqualTo(Map.of());
        output.write(bytes("a"));
        scheduler.fire();
        output.abandon();
        assertThatIllegalStateException().isThrownBy(caller::trailers);
    }

    @Test
    void the_end_of_a_stream_that_breaks_behind_its_error_event_can_be_had() throws IOException {
        output.openStream(200, Map.of());
        caller.goOn();
        output.breakOff();
        assertThat(caller.trailers()).isEqualTo(Map.of());
    }

    @Test
    void a_caller_whom_nobody_has_seen_leave_is_given_up_by_breaking_the_connection() throws IOException {
        output.openStream(200, Map.of());
        caller.goOn();
        caller.stopTaking();
        output.write(bytes("a"));
        scheduler.fire();
        output.abandon();
        output.abandon();
        assertThat(caller.dispatches()).isEqualTo(1);
        assertThat(caller.completions()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void an_answer_that_the_container_never_was_ready_for_is_no_empty_success(boolean streamed) {
        if (streamed) {
            output.openStream(200, Map.of());
            output.write(bytes("a"));
        } else {
            output.answer(200, Map.of(), bytes("a"));
        }
        scheduler.fire();
        output.abandon();
        assertThat(caller.dispatches()).isEqualTo(1);
        assertThat(caller.completions()).isZero();
    }

    @Test
    void an_end_that_the_container_never_was_ready_for_is_no_end() {
        output.openStream(200, Map.of());
        output.finish();
        scheduler.fire();
        output.abandon();
        assertThat(caller.dispatches()).isEqualTo(1);
    }

    @Test
    void a_container_that_refuses_a_write_without_a_word_on_the_caller_is_left_by_breaking_the_connection()
            throws IOException {
        output.openStream(200, Map.of());
        caller.goOn();
        caller.refuse(new IllegalStateException("not now"));
        output.write(bytes("a"));
        output.abandon();
        assertThat(departures).hasSize(1);
        assertThat(caller.dispatches()).isEqualTo(1);
    }

    @Test
    void a_container_that_refuses_to_open_the_answer_does_not_end_it_as_a_success() {
        caller.refuse(new IllegalStateException("somebody has the writer"));
        output.openStream(200, Map.of());
        output.abandon();
        assertThat(departures).hasSize(1);
        assertThat(caller.dispatches()).isEqualTo(1);
    }

    @Test
    void a_caller_who_left_before_there_was_an_answer_is_told_that_there_is_none() {
        output.abandon();
        assertThat(caller.status()).isEqualTo(503);
        assertThat(caller.completions()).isEqualTo(1);
    }

    @Test
    void nothing_is_written_behind_the_end() throws IOException {
        output.openStream(200, Map.of());
        caller.goOn();
        caller.stopTaking();
        output.write(bytes("a"));
        output.finish();
        output.write(bytes(": keep-alive"));
        caller.goOn();
        assertThat(caller.text()).isEqualTo("a");
        assertThat(caller.completions()).isEqualTo(1);
    }

    @Test
    void a_caller_who_takes_nothing_for_too_long_is_gone() throws IOException {
        output.openStream(200, Map.of());
        caller.goOn();
        caller.stopTaking();
        output.write(bytes("a"));
        assertThat(timers.runs(Timer.STALLED_WRITE)).isTrue();
        scheduler.fire();
        assertThat(departures).singleElement().satisfies(cause -> assertThat(cause)
                .hasMessageContaining("took nothing"));
    }

    @Test
    void a_caller_who_never_becomes_ready_is_gone_too() {
        output.answer(200, Map.of(), bytes("a"));
        scheduler.fire();
        assertThat(departures).hasSize(1);
    }

    @Test
    void the_time_of_a_caller_who_takes_something_begins_anew() throws IOException {
        output.openStream(200, Map.of());
        caller.goOn();
        caller.stopTaking();
        output.write(bytes("a"));
        caller.goOn();
        assertThat(timers.runs(Timer.STALLED_WRITE)).isFalse();
        scheduler.fire();
        assertThat(departures).isEmpty();
    }

    @Test
    void a_caller_with_nothing_to_take_is_never_gone() throws IOException {
        output.openStream(200, Map.of());
        caller.goOn();
        assertThat(timers.runs(Timer.STALLED_WRITE)).isFalse();
    }

    @Test
    void a_write_that_fails_tells_that_the_caller_left() throws IOException {
        IOException reset = new IOException("reset");
        output.openStream(200, Map.of());
        caller.goOn();
        caller.leave(reset);
        output.write(bytes("a"));
        assertThat(departures).containsExactly(reset);
    }

    @Test
    void what_the_container_notices_is_told_as_well() {
        IOException reset = new IOException("reset");
        output.openStream(200, Map.of());
        caller.containerNotices(reset);
        assertThat(departures).containsExactly(reset);
    }

    @Test
    void an_abandoned_answer_ends_once_and_takes_nothing_more() throws IOException {
        output.openStream(200, Map.of());
        caller.goOn();
        caller.stopTaking();
        output.write(bytes("a"));
        output.abandon();
        output.abandon();
        output.write(bytes("b"));
        output.flush();
        output.finish();
        caller.goOn();
        caller.containerNotices(new IOException("late"));
        assertThat(caller.text()).isEmpty();
        assertThat(caller.completions()).isEqualTo(1);
        assertThat(departures).isEmpty();
        assertThat(timers.runs(Timer.STALLED_WRITE)).isFalse();
    }

    @Test
    void what_is_written_before_the_answer_is_opened_is_kept() throws IOException {
        output.write(bytes("a"));
        output.openStream(200, Map.of());
        caller.goOn();
        assertThat(caller.text()).isEqualTo("a");
    }

    private CallerOutput output(AsyncContext context) {
        return new CallerOutput(context, caller.response(), loop, timers, Duration.ofNanos(1), departures::add);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
