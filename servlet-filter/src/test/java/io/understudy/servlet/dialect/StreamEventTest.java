package io.understudy.servlet.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamEventTest {
    @ParameterizedTest
    @ValueSource(strings = {"data: x\n\n", "data: x\r\n\r\n", "data: x\r\r", "data: x\n\r", "\r", "\n\r", ""})
    void the_last_event_is_left_as_it_is(String block) {
        StreamEvent event = event(block);

        assertThat(event.last()).isSameAs(event);
    }

    @ParameterizedTest
    @ValueSource(strings = {"data: x\r\n\r", "event: y\r\ndata: x\r\n\r"})
    void but_gets_the_line_feed_that_its_blank_line_still_lacks(String block) {
        StreamEvent last = event(block).last();

        assertThat(new String(last.raw(), UTF_8)).isEqualTo(block + "\n");
        assertThat(last.buffer()).isSameAs(last.raw());
    }

    private static StreamEvent event(String block) {
        byte[] raw = block.getBytes(UTF_8);
        return new StreamEvent(raw, "", raw, 0, raw.length);
    }
}
