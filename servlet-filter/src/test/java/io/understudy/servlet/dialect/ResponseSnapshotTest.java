package io.understudy.servlet.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResponseSnapshotTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
            {"id":"r","status":"in_progress","x":1.0,"error":null} | {"id":"r","status":"failed","x":1.0,"error":ERROR}
            {"id":"r","error":null,"x":[],"status":"queued"}       | {"id":"r","error":ERROR,"x":[],"status":"failed"}
            {"error":{"code":"a"} , "status" : null , "id":"r"}    | {"error":ERROR , "status" : "failed" , "id":"r"}
            {"id":"r","status":"in_progress"}                      | {"error":ERROR,"id":"r","status":"failed"}
            {"id":"r","error":null}                                | {"status":"failed","id":"r","error":ERROR}
            {"id":"r"}                                             | {"status":"failed","error":ERROR,"id":"r"}
            {"id":"ü","error":null,"status":"x"}                   | {"id":"ü","error":ERROR,"status":"failed"}
            """)
    void changes_nothing_but_status_and_error(String response, String failed) {
        assertThat(failed(response)).isEqualTo(failed.replace("ERROR", "{\"code\":\"c\",\"message\":\"m\"}"));
    }

    @Test
    void stays_on_one_line() {
        assertThat(failed("{\"id\":\"r\",\n\"status\":\"x\",\r\n\"error\":null}"))
                .isEqualTo("{\"id\":\"r\", \"status\":\"failed\",  \"error\":{\"code\":\"c\",\"message\":\"m\"}}");
    }

    @Test
    void keeps_little_of_a_long_one() {
        String filler = "x".repeat(ResponseSnapshot.MAX_LENGTH);
        String long64k = "{\"id\":\"r\",\"instructions\":\"%s\",\"status\":\"x\",\"model\":\"m\"}".formatted(filler);

        assertThat(failed(long64k))
                .isEqualTo("{\"status\":\"failed\",\"error\":{\"code\":\"c\",\"message\":\"m\"},"
                        + "\"id\":\"r\",\"object\":\"response\",\"model\":\"m\",\"output\":[]}");
    }

    private static String failed(String response) {
        StreamEvent event = Events.event("{\"response\":" + response + "}");
        int start = "{\"response\":".length();
        Span range = new Span(start, start + response.getBytes(StandardCharsets.UTF_8).length);
        return Events.text(ResponseSnapshot.of(event, range, "r", "m").failed("c", "m"));
    }
}
