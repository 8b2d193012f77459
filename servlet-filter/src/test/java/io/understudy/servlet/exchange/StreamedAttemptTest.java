package io.understudy.servlet.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.servlet.config.CommitOn;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StreamedAttemptTest {
    private static final String ROLE =
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}\n\n";
    private static final String TEXT = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\"}}]}\n\n";
    private static final String STOP =
            "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
    private static final String OVERLOADED = "data: {\"error\":{\"message\":\"m\",\"type\":\"overloaded_error\"}}";

    private final CalledProvider provider = new CalledProvider();

    @AfterEach
    void there_was_one_verdict_at_most_and_everything_was_given_back() {
        provider.verify();
    }

    @Test
    void a_stream_commits_with_its_first_content_and_keeps_what_came_before() {
        provider.call(true);
        provider.head(200, "text/event-stream; charset=utf-8");
        provider.body.text(": hi\n\n").text(ROLE);
        assertThat(provider.verdict()).isEqualTo("none");
        provider.body.text(TEXT);
        assertThat(provider.verdict()).isEqualTo("committed");
        assertThat(provider.held()).isEqualTo(": hi\n\n" + ROLE + TEXT);
        assertThat(provider.isAborted()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(CommitOn.class)
    void the_commit_point_is_the_configured_one(CommitOn commitOn) {
        CalledProvider other = new CalledProvider(commitOn);
        other.call(true);
        other.head(200, "text/event-stream");
        List<CommitOn> order =
                List.of(CommitOn.HEADERS, CommitOn.FIRST_EVENT, CommitOn.FIRST_CONTENT, CommitOn.COMPLETE);
        List<String> events = List.of("", ROLE, TEXT, STOP);
        for (int i = 0; i < events.size() && other.verdict().equals("none"); i++) {
            other.body.text(events.get(i));
            assertThat(other.verdict()).isEqualTo(order.get(i) == commitOn ? "committed" : "none");
        }
        assertThat(other.verdict()).isEqualTo("committed");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            ``                                                  | bad_answer
            : only a comment                                    | bad_answer
            data: not json                                      | bad_answer
            data: {"choices":[]}                                | bad_answer
            data: {"error":{"type":"overloaded_error"}}         | overloaded
            data: {"error":{"code":429}}                        | rate_limited
            data: {"error":{"message":"m"}}                     | server_error
            event: error                                        | bad_answer
            data: {"choices":[{"finish_reason":"error"}]}       | server_error
            data: {"choices":[{"finish_reason":"stop"}]}        | committed
            data: {"choices":[{"delta":{"content":"Hi"}}]}      | committed
            """)
    void a_stream_that_ends_after_one_event_is_judged_by_it(String event, String verdict) {
        provider.call(true);
        provider.head(200, "text/event-stream");
        provider.body.text(ROLE.repeat(2)).text(event + "\n\n").end();
        assertThat(provider.verdict()).isEqualTo(verdict);
    }

    @Test
    void an_error_without_its_blank_line_is_one_all_the_same() {
        provider.call(true);
        provider.head(200, "text/event-stream");
        provider.body.text(ROLE).text(OVERLOADED).end();
        assertThat(provider.verdict()).isEqualTo("overloaded");
    }

    @Test
    void content_cut_off_before_its_blank_line_commits_nothing() {
        provider.call(true);
        provider.head(200, "text/event-stream");
        provider.body.text(ROLE).text(TEXT.strip()).end();
        assertThat(provider.verdict()).isEqualTo("bad_answer");
    }

    @Test
    void a_finish_without_its_blank_line_is_a_whole_answer() {
        provider.call(true);
        provider.head(200, "text/event-stream");
        provider.body.text(ROLE).text(STOP.strip()).end();
        assertThat(provider.verdict()).isEqualTo("committed");
        assertThat(provider.held()).isEqualTo(ROLE + STOP);
    }

    @Test
    void json_in_the_place_of_a_stream_is_read_as_the_answer_it_is() {
        provider.call(true);
        provider.head(200, "application/json; charset=utf-8");
        provider.body.text("{\"error\":{\"type\":\"overloaded_error\"}}").end();
        assertThat(provider.verdict()).isEqualTo("overloaded");
        CalledProvider plain = new CalledProvider();
        plain.call(true);
        plain.head(200, "application/json");
        plain.body.text("{\"id\":\"x\"}").end();
        assertThat(plain.verdict()).isEqualTo("bad_answer");
    }
}
