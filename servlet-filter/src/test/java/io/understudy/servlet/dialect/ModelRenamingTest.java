package io.understudy.servlet.dialect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.servlet.relay.SseParser;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelRenamingTest {
    private static final byte[] NAME = "\"mine\"".getBytes(UTF_8);

    private final ModelRenaming chat = new ModelRenaming(new ChatDialect(), NAME);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            {"model":"theirs"}                                     | {"model":"mine"}
            {"id":1e400 , "model" : "th\\u0065irs" ,"x":[{"model":"x"}]} | {"id":1e400 , "model" : "mine" ,"x":[{"model":"x"}]}
            {"ü":"é","m\\u006fdel":"theirs"}                        | {"ü":"é","m\\u006fdel":"mine"}
            {"model":null}                                         | {"model":null}
            {"x":{"model":"theirs"}}                               | {"x":{"model":"theirs"}}
            {"model":"theirs"                                      | {"model":"theirs"
            <html>                                                 | <html>
            """)
    void an_answer_gets_the_name_and_no_other_change(String answer, String renamed) {
        assertThat(Events.text(chat.answer(answer.getBytes(UTF_8)))).isEqualTo(renamed);
    }

    @Test
    void an_event_gets_it_where_its_dialect_has_it() {
        assertThat(renamed(new ChatDialect(), "{\"id\":\"é\",\"model\":\"theirs\",\"choices\":[]}"))
                .isEqualTo("{\"id\":\"é\",\"model\":\"mine\",\"choices\":[]}");
        assertThat(
                        renamed(
                                new MessagesDialect(),
                                "{\"type\":\"message_start\",\"model\":\"x\",\"message\":{\"id\":1,\"model\":\"theirs\",\"m\":{\"model\":\"x\"}}}"))
                .isEqualTo(
                        "{\"type\":\"message_start\",\"model\":\"x\",\"message\":{\"id\":1,\"model\":\"mine\",\"m\":{\"model\":\"x\"}}}");
        assertThat(renamed(new ResponsesDialect(), "{\"item\":{\"model\":\"x\"},\"response\":{\"model\":\"theirs\"}}"))
                .isEqualTo("{\"item\":{\"model\":\"x\"},\"response\":{\"model\":\"mine\"}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[DONE]", "{\"choices\":[]}", "{\"model\":\"theirs\"", "{\"model\":1}"})
    void an_event_without_a_name_stays_the_same_object(String data) {
        StreamEvent event = Events.event(data);

        assertThat(chat.event(event)).isSameAs(event);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data: {\"id\":1,\"model\":\"theirs\",\"x\":2}\n\n",
                "\uFEFFdata:{\"model\":\"theirs\"}\n\n",
                ": model \"theirs\"\nid: 7\nevent: data: \ndata:{\"model\":\"theirs\"}\r\n\r\n",
                "data: {\nid: 4\ndata\ndata:\"a\":\"data: \",\ndata:  \"model\":\ndata: \"theirs\"\nretry: 3\ndata: }\n\n",
                "\uFEFFdata: {\rdata: \"model\":\"theirs\"}\r\r"
            })
    void whatever_else_the_block_holds_is_kept(String block) {
        StreamEvent renamed = chat.event(parsed(block));

        int last = block.lastIndexOf("\"theirs\"");
        String expected = block.substring(0, last) + "\"mine\"" + block.substring(last + "\"theirs\"".length());
        assertThat(Events.text(renamed.raw())).isEqualTo(expected);
        StreamEvent again = parsed(expected);
        assertThat(data(renamed)).isEqualTo(data(again));
    }

    private static String renamed(Dialect dialect, String data) {
        return data(new ModelRenaming(dialect, NAME).event(Events.event(data)));
    }

    private static String data(StreamEvent event) {
        return new String(event.buffer(), event.offset(), event.length(), UTF_8);
    }

    private static StreamEvent parsed(String block) {
        List<StreamEvent> events = new ArrayList<>();
        new SseParser().parse(ByteBuffer.wrap(block.getBytes(UTF_8)), events::add);
        return events.get(0);
    }
}
