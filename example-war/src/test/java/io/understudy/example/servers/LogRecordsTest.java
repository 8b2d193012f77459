package io.understudy.example.servers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LogRecordsTest {
    @Test
    void takes_each_line_for_a_record() {
        assertThat(LogRecords.of("10:00 INFO one\n10:01 WARN [two]\n"))
                .containsExactly("10:00 INFO one", "10:01 WARN [two]");
    }

    @Test
    void keeps_a_stack_trace_with_what_it_was_logged_for() {
        String failure = "10:00 ERROR gone: java.io.IOException\n\tat a.B.c(B.java:1)\nCaused by: d.E\n\t... 3 more";
        assertThat(LogRecords.of(failure + "\n10:01 INFO on")).containsExactly(failure, "10:01 INFO on");
    }

    @Test
    void keeps_an_exception_in_a_line_of_its_own_with_what_it_was_logged_for() {
        String failure = "10:00 SEVERE a.B failed\njava.lang.IllegalStateException: no\n\tat a.B.c(B.java:1)";
        assertThat(LogRecords.of(failure + "\nException in thread \"a\" java.lang.Error"))
                .containsExactly(failure, "Exception in thread \"a\" java.lang.Error");
    }

    @Test
    void joins_what_stands_between_brackets() {
        String warning = "[2026-11-20T19:24:41.283+0000] [Payara] [WARNING] [] [[\n  {\"outcome\":\"failed\"}]]";
        String printed = "[#|2026-11-20T19:24:41.283+0000|WARNING|\n  Expired: [\n[\n  Version: V3\n]|#]";
        assertThat(LogRecords.of(warning + "\n\n" + printed + "\nafter"))
                .containsExactly(warning, "", printed, "after");
    }

    @Test
    void lets_a_record_that_nobody_closes_end_with_the_next_one() {
        assertThat(LogRecords.of("[2026-11-20] [[\n  cut\n[2026-11-21] [[\n  whole]]"))
                .containsExactly("[2026-11-20] [[\n  cut", "[2026-11-21] [[\n  whole]]");
    }
}
