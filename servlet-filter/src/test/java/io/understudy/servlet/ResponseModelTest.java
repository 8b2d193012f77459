package io.understudy.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.servlet.testing.ChatWire;
import io.understudy.servlet.testing.MessagesWire;
import io.understudy.servlet.testing.RawAnswer;
import io.understudy.servlet.testing.Reply;
import io.understudy.servlet.testing.ResponsesWire;
import io.understudy.servlet.testing.Wire;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** With {@code responseModel: "requested"}. */
class ResponseModelTest {
    record Names(Wire served, Wire requested) {}

    private TwoProviders providers;

    static List<Names> dialects() {
        return List.of(
                new Names(new ChatWire("served"), new ChatWire("public@a")),
                new Names(new MessagesWire("served"), new MessagesWire("public@a")),
                new Names(new ResponsesWire("served"), new ResponsesWire("public@a")));
    }

    @BeforeEach
    void start() throws Exception {
        providers = new TwoProviders(TwoProviders.MODELS + ", \"responseModel\": \"requested\"");
    }

    @AfterEach
    void stop() {
        providers.close();
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void an_answer_calls_the_model_what_the_caller_calls_it(Names names) {
        providers.a().then(Reply.json(200, names.served().answer("Hi")));

        RawAnswer answer = providers.post(names.served().path(), names.served().request("public@a", "Hi"));

        assertThat(answer.text()).isEqualTo(names.requested().answer("Hi"));
        assertThat(answer.headers().first("Content-Length")).contains(String.valueOf(answer.body().length));
        assertThat(answer.headers().first("X-Understudy-Model")).contains("model-a");
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void and_so_does_every_event(Names names) {
        providers.a().then(Reply.stream(names.served().streamed("Hel", "lo").all()));

        RawAnswer answer = providers.post(names.served().path(), names.served().streamedRequest("public@a", "Hi"));

        assertThat(answer.text())
                .isEqualTo(names.requested().streamed("Hel", "lo").text());
    }

    @Test
    void a_response_that_breaks_is_shown_once_more_under_the_same_name() {
        Names names = dialects().get(2);
        List<String> events = names.served().streamed("Hel", "lo").all();
        providers.a().then(Reply.stream(events.subList(0, 5)));

        String text = providers
                .post("/responses", names.served().streamedRequest("public@a", "Hi"))
                .text();

        assertThat(text.substring(text.indexOf("event: response.failed")))
                .contains("\"model\":\"public@a\"")
                .doesNotContain("\"served\"");
    }

    @Test
    void an_end_marker_without_its_blank_line_has_the_name_as_well() {
        Names names = dialects().get(2);
        String cut = names.served().streamed("Hi").text().stripTrailing();
        providers.a().then(Reply.stream(List.of(cut)));

        assertThat(providers
                        .post("/responses", names.served().streamedRequest("public@a", "Hi"))
                        .text())
                .isEqualTo(names.requested().streamed("Hi").text());
    }
}
