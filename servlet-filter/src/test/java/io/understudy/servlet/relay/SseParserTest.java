package io.understudy.servlet.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.understudy.servlet.dialect.StreamEvent;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SseParserTest {
    @Property(tries = 3000, seed = "20261120")
    void any_split_gives_the_events_of_the_standard_and_all_the_bytes(
            @ForAll("streams") String stream, @ForAll List<@IntRange(max = 400) Integer> cuts) {
        byte[] bytes = stream.getBytes(UTF_8);
        Parsed parsed = parse(bytes, cuts);
        assertThat(parsed.withData()).isEqualTo(EventText.bySpecification(stream));
        assertThat(parsed.rawAndRest()).isEqualTo(bytes);
    }

    @Property(tries = 300, seed = "20261121")
    void splitting_at_every_byte_changes_nothing(@ForAll("streams") String stream) {
        byte[] bytes = stream.getBytes(UTF_8);
        List<Integer> everywhere = new ArrayList<>();
        for (int i = 0; i < bytes.length; i++) {
            everywhere.add(i);
        }
        Parsed split = parse(bytes, everywhere);
        assertThat(split.withData()).isEqualTo(parse(bytes, List.of()).withData());
        assertThat(split.rawAndRest()).isEqualTo(bytes);
    }

    @Provide
    Arbitrary<String> streams() {
        return Arbitraries.of(
                        "data",
                        "data:",
                        "data: ",
                        "data:  ",
                        "event: error",
                        "event:x",
                        "event",
                        "id: 1",
                        "retry: 5",
                        ": comment",
                        ":",
                        " data: x",
                        "Data: x",
                        "datax: y",
                        "dat",
                        "{\"a\":1}",
                        "[DONE]",
                        "é",
                        "漢",
                        "😀",
                        "\uFEFF",
                        "\uFEFFdata: bom",
                        "\u0085",
                        "\u2028",
                        "\0",
                        "\n",
                        "\n",
                        "\r",
                        "\r\n",
                        "\n\n",
                        "\r\r",
                        "\r\n\r\n",
                        "\n\r")
                .list()
                .ofMaxSize(40)
                .map(fragments -> String.join("", fragments));
    }

    @Test
    void an_event_is_passed_on_as_soon_as_its_blank_line_is_there() {
        assertThat(parse("data: a\n\ndata: b\n").withData()).containsExactly(new EventText("", "a"));
        assertThat(parse("data: a\r\r").withData()).containsExactly(new EventText("", "a"));
        assertThat(parse("data: a\r\n\r").withData()).containsExactly(new EventText("", "a"));
    }

    @Test
    void each_event_has_its_own_bytes() {
        assertThat(parse(": hi\n\ndata: a\r\n\r\nevent: e\ndata: b\n\n").raws())
                .containsExactly(": hi\n\n", "data: a\r\n\r\n", "event: e\ndata: b\n\n");
    }

    @Test
    void data_of_several_lines_is_joined_and_its_bytes_stay_as_they_are() {
        Parsed parsed = parse("data: {\"a\":\r\ndata:1,\r\ndata:\r\ndata:  \"b\":2}\r\n\r\n");
        assertThat(parsed.withData()).containsExactly(new EventText("", "{\"a\":\n1,\n\n \"b\":2}"));
        assertThat(parsed.raws()).containsExactly("data: {\"a\":\r\ndata:1,\r\ndata:\r\ndata:  \"b\":2}\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"data\n\n", "data:\n\n", "data: \n\n"})
    void data_that_is_empty_is_data_all_the_same(String stream) {
        assertThat(parse(stream).withData()).containsExactly(new EventText("", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {": comment\n\n", "event: named\n\n", "id: 7\nretry: 10\n\n", "\n", "Data: x\n\n"})
    void a_block_without_data_is_passed_on_as_no_event(String block) {
        Parsed parsed = parse(block);
        assertThat(parsed.withData()).isEmpty();
        assertThat(parsed.raws()).containsExactly(block);
    }

    @Test
    void the_name_of_an_event_is_not_the_next_ones() {
        assertThat(parse("event: a\ndata: 1\n\ndata: 2\n\nevent: b\n\ndata: 3\n\n")
                        .withData())
                .containsExactly(new EventText("a", "1"), new EventText("", "2"), new EventText("", "3"));
    }

    @Test
    void a_byte_order_mark_counts_only_at_the_very_beginning() {
        assertThat(parse("\uFEFFdata: a\n\n\uFEFFdata: b\n\n").withData()).containsExactly(new EventText("", "a"));
    }

    @Test
    void what_the_end_leaves_over_is_read_as_if_its_blank_line_had_come() {
        Parsed parsed = parse("data: a\n\nevent: e\ndata: [DONE]");
        assertThat(parsed.rest()).isNotNull();
        assertThat(EventText.of(Objects.requireNonNull(parsed.rest()))).isEqualTo(new EventText("e", "[DONE]"));
        assertThat(parse("data: a\n\n").rest()).isNull();
    }

    @Test
    void a_line_may_have_a_mebibyte_and_no_byte_more() {
        String longest = "data: " + "x".repeat(SseParser.MAX_LINE - 6);
        assertThat(parse(longest + "\r\n\r\n").withData()).hasSize(1);
        assertThatThrownBy(() -> parse(longest + "x\n\n"))
                .isInstanceOf(SseParser.TooLongException.class)
                .hasMessageContaining("1048576");
    }

    @Test
    void a_line_that_never_ends_is_refused_before_it_ends() {
        SseParser parser = new SseParser();
        byte[] piece = "x".repeat(64 * 1024).getBytes(UTF_8);
        assertThatThrownBy(() -> {
                    for (int i = 0; i < 17; i++) {
                        parser.parse(ByteBuffer.wrap(piece), event -> {});
                    }
                })
                .isInstanceOf(SseParser.TooLongException.class);
    }

    @Test
    void an_event_of_many_lines_is_bounded_too() {
        String line = "data: " + "x".repeat(1000) + "\n";
        assertThatThrownBy(() -> parse(line.repeat(SseParser.MAX_EVENT / line.length() + 1) + "\n"))
                .isInstanceOf(SseParser.TooLongException.class);
    }

    @Test
    void events_before_an_over_long_line_are_still_passed_on() {
        SseParser parser = new SseParser();
        List<StreamEvent> events = new ArrayList<>();
        byte[] stream = ("data: a\n\n" + "x".repeat(SseParser.MAX_LINE + 1)).getBytes(UTF_8);
        assertThatThrownBy(() -> parser.parse(ByteBuffer.wrap(stream), events::add))
                .isInstanceOf(SseParser.TooLongException.class);
        assertThat(events).extracting(EventText::of).containsExactly(new EventText("", "a"));
    }

    private static Parsed parse(String stream) {
        return parse(stream.getBytes(UTF_8), List.of());
    }

    private static Parsed parse(byte[] bytes, List<Integer> cuts) {
        SseParser parser = new SseParser();
        List<StreamEvent> events = new ArrayList<>();
        int from = 0;
        for (int cut : new TreeSet<>(cuts)) {
            int to = Math.max(from, Math.min(cut, bytes.length));
            parser.parse(ByteBuffer.wrap(Arrays.copyOfRange(bytes, from, to)), events::add);
            from = to;
        }
        parser.parse(ByteBuffer.wrap(Arrays.copyOfRange(bytes, from, bytes.length)), events::add);
        return new Parsed(events, parser.unfinished());
    }

    private record Parsed(List<StreamEvent> events, @Nullable StreamEvent rest) {
        List<EventText> withData() {
            return events.stream()
                    .filter(StreamEvent::hasData)
                    .map(EventText::of)
                    .toList();
        }

        List<String> raws() {
            return events.stream().map(event -> new String(event.raw(), UTF_8)).toList();
        }

        byte[] rawAndRest() {
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            events.forEach(event -> all.writeBytes(event.raw()));
            if (rest != null) {
                all.writeBytes(rest.raw());
            }
            return all.toByteArray();
        }
    }
}
