package io.understudy.example.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
    @Test
    void nothing_asked_for_is_port_8080_on_the_loopback_address_without_a_configuration() {
        assertThat(Options.parse()).isEqualTo(new Options("127.0.0.1", 8080, null, false));
    }

    @Test
    void a_value_follows_its_option_or_is_joined_to_it() {
        Options expected = new Options("localhost", 1, null, false);
        assertThat(Options.parse("--host", "localhost", "--port", "1")).isEqualTo(expected);
        assertThat(Options.parse("--port=1", "--host=localhost")).isEqualTo(expected);
    }

    @Test
    void of_an_option_given_twice_the_last_one_counts() {
        assertThat(Options.parse("--port", "1", "--port", "2").port()).isEqualTo(2);
    }

    @Test
    void brackets_around_an_address_are_taken_off() {
        assertThat(Options.parse("--host", "[::1]").host()).isEqualTo("::1");
    }

    @Test
    void a_check_needs_no_value() {
        assertThat(Options.parse("--check", "--port", "1").check()).isTrue();
        assertThat(Options.parse("--port", "1").check()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8080, 65535})
    void every_port_there_is_can_be_asked_for(int port) {
        assertThat(Options.parse("--port", String.valueOf(port)).port()).isEqualTo(port);
    }

    @Test
    void a_configuration_file_is_handed_on_with_its_absolute_path(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("my understudy.json"), "{}");
        assertThat(Options.parse("--config", file.toString()).config()).isEqualTo(file.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"classpath:understudy.json", "file:/etc/understudy.json", "/WEB-INF/understudy.json"})
    void a_place_that_only_the_gateway_can_look_into_is_handed_on_as_it_is(String place) {
        assertThat(Options.parse("--config", place).config()).isEqualTo(place);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    --prot 80        | --prot: unknown option (expected: --host, --port, --config, --check or --help)
                    -port=80         | -port=80: unknown option (expected: --host, --port, --config, --check or --help)
                    here             | here: unknown option (expected: --host, --port, --config, --check or --help)
                    --check=yes      | --check=yes: unknown option (expected: --host, --port, --config, --check or --help)
                    --port           | --port: no value (expected: one after it)
                    --port --host ::1| --port: no value (expected: one after it)
                    --port=          | --port:  (expected: 0 to 65535)
                    --port 65536     | --port: 65536 (expected: 0 to 65535)
                    --port -1        | --port: -1 (expected: 0 to 65535)
                    --port http      | --port: http (expected: 0 to 65535)
                    --host=          | --host:  (expected: a name or address of this machine)
                    --host [::g]     | --host: [::g] (expected: a name or address of this machine)
                    --config /no/file| --config: /no/file (expected: a file that can be read)
                    --config /       | --config: / (expected: a file that can be read)
                    """)
    void a_problem_names_the_option_its_value_and_what_was_expected(String line, String problem) {
        assertThatThrownBy(() -> Options.parse(line.split(" ")))
                .isInstanceOf(BadOptions.class)
                .message()
                .startsWith(problem);
    }

    @Test
    void all_problems_are_told_at_once() {
        assertThatThrownBy(() -> Options.parse("--prot=1", "--port=x", "--config=/no/file"))
                .message()
                .hasLineCount(3);
    }
}
