package io.understudy.example.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.example.servers.ServersPage.Row;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The page of the servers, which runs of some of them bring up to date. */
class ServersPageTest {
    private static final Row TOMCAT_STARTS = row("tomcat", "11.0", "2026-11-01", "starts", "ok", "2.0 ms");
    private static final Row TOMCAT_STREAMS = row("tomcat", "11.0", "2026-11-01", "streams", "ok", "");
    private static final Row JETTY_STARTS = row("jetty", "12.0", "2026-11-02", "starts", "**failed**", "");
    private static final ServersPage PAGE = new ServersPage(List.of(TOMCAT_STARTS, TOMCAT_STREAMS, JETTY_STARTS));

    @Test
    void it_shows_a_column_for_each_server() {
        assertThat(PAGE.text())
                .contains(
                        "| jetty | 12.0 | 17 | 2026-11-02 | 0 | 1 | 0 |\n| tomcat | 11.0 | 17 | 2026-11-01 | 2 | 0 | 0 |")
                .endsWith(
                        """
                        | check | jetty | tomcat |
                        |---|---|---|
                        | starts | **failed** | ok, 2.0 ms |
                        | streams | not run | ok |
                        """);
    }

    @Test
    void it_is_read_as_it_was_written() {
        assertThat(ServersPage.parse(PAGE.text()).rows()).containsExactlyInAnyOrderElementsOf(PAGE.rows());
        assertThat(ServersPage.parse(PAGE.text()).text()).isEqualTo(PAGE.text());
    }

    @Test
    void a_new_run_takes_the_place_of_what_was_seen_in_that_server_alone() {
        Row again = row("tomcat", "11.1", "2026-11-03", "starts", "ok", "1.0 ms");
        assertThat(new ServersPage(List.of(again)).over(PAGE).rows()).containsExactly(again, JETTY_STARTS);
    }

    private static Row row(String server, String version, String date, String check, String result, String measured) {
        return new Row(server, version, "17", date, check, result, measured);
    }
}
