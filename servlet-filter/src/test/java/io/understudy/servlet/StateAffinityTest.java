package io.understudy.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.servlet.testing.RawAnswer;
import io.understudy.servlet.testing.ReceivedRequest;
import io.understudy.servlet.testing.Reply;
import io.understudy.servlet.testing.ResponsesWire;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that refer to what one provider keeps. */
class StateAffinityTest {
    private static final String ID = "resp_68af4030592c81938ec0a5fbab4a3e9f05438e46b5f69a3b";
    private static final String FOLLOW_UP =
            "{\"model\":\"public\",\"input\":\"And then?\",\"previous_response_id\":\"%s\"}".formatted(ID);
    private static final Reply NOT_FOUND = Reply.json(
            404,
            "{\"error\":{\"message\":\"Response with id '%s' not found.\",\"type\":\"invalid_request_error\",\"param\":null,\"code\":null}}"
                    .formatted(ID));
    private static final Reply PREVIOUS_NOT_FOUND = Reply.json(
            400,
            "{\"error\":{\"message\":\"Previous response with id '%s' not found.\",\"type\":\"invalid_request_error\",\"param\":\"previous_response_id\",\"code\":\"previous_response_not_found\"}}"
                    .formatted(ID));
    private static final Reply OVERLOADED = Reply.json(503, "{\"error\":{\"message\":\"busy\"}}");

    private final ResponsesWire wire = new ResponsesWire("served");
    private TwoProviders providers;

    @BeforeEach
    void start() throws Exception {
        providers = new TwoProviders();
    }

    @AfterEach
    void stop() {
        providers.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_follow_up_goes_to_the_provider_that_answered_before(boolean streamed) {
        createdAtB(streamed);
        providers.b().then(Reply.json(200, wire.answer("Then")));

        RawAnswer answer = providers.post("/responses", FOLLOW_UP);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers().first("X-Understudy-Provider")).contains("b");
        assertThat(answer.headers().first("X-Understudy-Attempts")).contains("1");
    }

    @Test
    void the_owner_alone_is_asked_even_if_it_fails() {
        createdAtB(false);
        providers.b().always(OVERLOADED);
        int before = providers.a().requests().size();

        assertThat(providers.post("/responses", FOLLOW_UP).status()).isEqualTo(503);
        assertThat(providers.a().requests()).hasSize(before);
    }

    @Test
    void the_owner_wins_over_a_provider_that_the_caller_names() {
        createdAtB(false);
        providers.b().then(Reply.json(200, wire.answer("Then")));

        RawAnswer answer = providers.post("/responses", FOLLOW_UP, "X-Understudy-Provider", "a");

        assertThat(answer.headers().first("X-Understudy-Provider")).contains("b");
    }

    @Test
    void an_owner_that_does_not_offer_the_model_leaves_nobody() throws Exception {
        String models =
                """
                "models": {"public": [{"provider": "a"}, {"provider": "b", "priority": 1}], "other": [{"provider": "a"}]}""";
        try (TwoProviders two = new TwoProviders(models)) {
            two.a().then(OVERLOADED);
            two.b().then(Reply.json(200, wire.answer("Once")));
            two.post("/responses", wire.request("public", "Hi"));

            RawAnswer answer = two.post("/responses", FOLLOW_UP.replace("public", "other"));

            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.text()).contains("no_provider", "only b has what the request refers to");
        }
    }

    @Test
    void without_a_known_owner_a_provider_that_has_not_found_it_leads_to_the_next() {
        providers.a().then(PREVIOUS_NOT_FOUND);
        providers.b().then(Reply.json(200, wire.answer("Then")), Reply.json(200, wire.answer("Again")));

        assertThat(providers.post("/responses", FOLLOW_UP).headers().first("X-Understudy-Trace"))
                .get()
                .asString()
                .contains("a;400", "b;200");
        assertThat(providers.post("/responses", FOLLOW_UP).headers().first("X-Understudy-Attempts"))
                .as("the search has told who keeps it")
                .contains("1");
    }

    @Test
    void a_provider_that_has_not_found_it_is_not_blamed() throws Exception {
        String members = TwoProviders.MODELS + ", \"health\": {\"consecutiveFailures\": 1}";
        try (TwoProviders two = new TwoProviders(members)) {
            two.a()
                    .then(
                            PREVIOUS_NOT_FOUND,
                            NOT_FOUND,
                            Reply.stream(List.of(wire.errorEvent("previous_response_not_found", "gone"))),
                            Reply.json(200, wire.answer("Hi")));
            two.b().always(PREVIOUS_NOT_FOUND);

            two.post("/responses", FOLLOW_UP);
            two.ask("GET", "/responses/" + ID);
            two.post("/responses", FOLLOW_UP.replace("{", "{\"stream\":true,"));

            assertThat(two.post("/responses", wire.request("public", "Hi")).status())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "event: error\ndata: {\"type\":\"error\",\"error\":{\"code\":\"previous_response_not_found\"}}\n\n",
                "event: error\ndata: {\"type\":\"error\",\"code\":null,\"message\":\"%s was not found\"}\n\n",
                "data: {\"type\":\"response.failed\",\"response\":{\"error\":{\"code\":\"previous_response_not_found\"}}}\n\n"
            })
    void a_stream_that_begins_with_not_found_leads_to_the_next_as_well(String event) {
        providers.a().then(Reply.stream(List.of(wire.streamed("x").opening().get(0), event.formatted(ID))));
        providers.b().then(Reply.stream(wire.streamed("Then").all()));

        RawAnswer answer = providers.post("/responses", FOLLOW_UP.replace("{", "{\"stream\":true,"));

        assertThat(answer.text()).isEqualTo(wire.streamed("Then").text());
        assertThat(answer.headers().first("X-Understudy-Attempts")).contains("2");
    }

    @Test
    void what_no_stream_has_is_not_found() {
        Reply missing = Reply.stream(List.of(wire.errorEvent("previous_response_not_found", "gone")));
        providers.a().then(missing);
        providers.b().then(missing);

        RawAnswer answer = providers.post("/responses", FOLLOW_UP.replace("{", "{\"stream\":true,"));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.headers().first("X-Understudy-Attempts")).contains("2");
    }

    @Test
    void a_stream_that_begins_with_anything_else_ends_the_search() {
        providers.a().then(Reply.stream(List.of(wire.errorEvent("server_error", "boom"))));

        RawAnswer answer = providers.post("/responses", FOLLOW_UP.replace("{", "{\"stream\":true,"));

        assertThat(answer.status()).isEqualTo(502);
        assertThat(providers.b().requests()).isEmpty();
    }

    @Test
    void any_other_failure_ends_the_search() {
        providers.a().always(OVERLOADED);

        assertThat(providers.post("/responses", FOLLOW_UP).status()).isEqualTo(503);
        assertThat(providers.b().requests()).isEmpty();
    }

    @Test
    void what_nobody_has_is_answered_as_the_last_one_did() {
        providers.a().then(PREVIOUS_NOT_FOUND);
        providers.b().then(PREVIOUS_NOT_FOUND);

        RawAnswer answer = providers.post("/responses", FOLLOW_UP);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("previous_response_not_found");
        assertThat(answer.headers().first("X-Understudy-Attempts")).contains("2");
    }

    @Test
    void work_in_the_background_is_begun_by_one_provider_only() {
        providers.a().always(OVERLOADED);

        RawAnswer answer = providers.post("/responses", "{\"model\":\"public\",\"input\":\"Hi\",\"background\":true}");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(providers.b().requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GET,    ''",
        "GET,    ?include[]=reasoning.encrypted_content&starting_after=3",
        "DELETE, ''",
        "POST,   /cancel",
        "GET,    /input_items",
        "GET,    /input_items?limit=20&order=asc"
    })
    void what_concerns_a_response_goes_to_its_owner(String method, String rest) {
        createdAtB(false);
        int before = providers.a().requests().size();
        providers.b().then(Reply.json(200, "{\"id\":\"%s\",\"status\":\"cancelled\"}".formatted(ID)));

        RawAnswer answer = providers.ask(method, "/responses/" + ID + rest);

        assertThat(answer.text()).isEqualTo("{\"id\":\"%s\",\"status\":\"cancelled\"}".formatted(ID));
        assertThat(providers.a().requests()).hasSize(before);
        ReceivedRequest received = providers.b().requests().get(1);
        assertThat(received.requestLine()).isEqualTo(method + " /v1/responses/" + ID + rest + " HTTP/1.1");
        assertThat(received.body()).isEmpty();
        assertThat(received.headers().first("Authorization")).contains("Bearer sk-provider-second");
        assertThat(received.headers().first("Content-Type")).isEmpty();
        assertThat(answer.headers().first("X-Understudy-Model")).isEmpty();
    }

    @Test
    void a_response_that_nobody_is_known_to_have_is_searched_for() {
        providers.a().then(NOT_FOUND);
        providers.b().then(Reply.json(200, wire.answer("Hello")), Reply.json(200, "{\"deleted\":true}"));

        assertThat(providers.ask("GET", "/responses/" + ID).text()).isEqualTo(wire.answer("Hello"));
        assertThat(providers.ask("DELETE", "/responses/" + ID).text()).isEqualTo("{\"deleted\":true}");
        assertThat(providers.a().requests()).hasSize(1);
    }

    @Test
    void it_is_searched_for_where_it_is_to_be_streamed_as_well() {
        providers.a().then(NOT_FOUND);
        providers.b().then(Reply.stream(wire.streamed("Hello").all()));

        assertThat(providers
                        .ask("GET", "/responses/" + ID + "?stream=true&starting_after=3")
                        .text())
                .isEqualTo(wire.streamed("Hello").text());
        assertThat(providers.b().awaitRequest().target()).endsWith("?stream=true&starting_after=3");
    }

    @Test
    void a_caller_who_knows_the_provider_can_name_it() {
        providers.b().then(Reply.json(200, wire.answer("Hello")));

        assertThat(providers
                        .ask("GET", "/responses/" + ID, "X-Understudy-Provider", "b")
                        .text())
                .isEqualTo(wire.answer("Hello"));
        assertThat(providers.a().requests()).isEmpty();
    }

    @Test
    void a_response_that_nobody_has_is_not_found() {
        providers.a().then(NOT_FOUND);
        providers.b().then(NOT_FOUND);

        RawAnswer answer = providers.ask("GET", "/responses/" + ID);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.text()).contains("Response with id '%s' not found.".formatted(ID));
    }

    @Test
    void a_kept_response_comes_back_even_if_it_is_one_that_failed() {
        String failed =
                wire.answer("").replace("\"error\":null", "\"error\":{\"code\":\"server_error\",\"message\":\"m\"}");
        providers.a().then(Reply.json(200, failed));

        assertThat(providers.ask("GET", "/responses/" + ID).text()).isEqualTo(failed);
    }

    @Test
    void a_deletion_may_be_answered_by_nothing() {
        providers.a().then(Reply.json(200, ""));

        RawAnswer answer = providers.ask("DELETE", "/responses/" + ID);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void a_kept_response_can_be_streamed_once_more() {
        providers.a().then(Reply.stream(wire.streamed("Hel", "lo").all()));

        RawAnswer answer = providers.ask("GET", "/responses/" + ID + "?stream=true");

        assertThat(answer.text()).isEqualTo(wire.streamed("Hel", "lo").text());
        assertThat(answer.headers().first("Content-Type")).get().asString().startsWith("text/event-stream");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/responses/..", "/responses/%2e%2e", "/responses/a%20b", "/responses/a/b", "/responses/"})
    void an_id_that_could_lead_elsewhere_is_none(String path) {
        assertThat(providers.ask("GET", path).headers().first("X-Understudy-Request-Id"))
                .isEmpty();
        assertThat(providers.a().requests()).isEmpty();
    }

    @Test
    void a_file_of_a_message_goes_to_the_provider_that_has_it() {
        String request =
                """
                {"model":"public","max_tokens":9,"messages":[{"role":"user","content":\
                [{"type":"document","source":{"type":"file","file_id":"file_1"}}]}]}""";
        providers
                .a()
                .then(
                        Reply.json(
                                404,
                                "{\"type\":\"error\",\"error\":{\"type\":\"not_found_error\",\"message\":\"File not found: file_1\"}}"));
        providers.b().always(Reply.json(200, "{\"type\":\"message\",\"id\":\"msg_1\",\"content\":[]}"));

        assertThat(providers.post("/messages", request).headers().first("X-Understudy-Attempts"))
                .contains("2");
        assertThat(providers.post("/messages", request).headers().first("X-Understudy-Attempts"))
                .contains("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"container_1\"", "{\"id\":\"container_1\",\"skills\":[]}"})
    void a_message_goes_on_in_the_container_of_the_one_before(String container) {
        providers.a().then(OVERLOADED);
        providers
                .b()
                .always(
                        Reply.json(
                                200,
                                "{\"type\":\"message\",\"id\":\"msg_1\",\"content\":[],\"container\":{\"id\":\"container_1\"}}"));
        String request = "{\"model\":\"public\",\"max_tokens\":9,\"messages\":[]}";
        providers.post("/messages", request);

        RawAnswer answer =
                providers.post("/messages", request.replace("{\"model", "{\"container\":" + container + ",\"model"));

        assertThat(answer.headers().first("X-Understudy-Provider")).contains("b");
        assertThat(answer.headers().first("X-Understudy-Attempts")).contains("1");
    }

    private void createdAtB(boolean streamed) {
        providers.a().then(OVERLOADED);
        providers.b().then(streamed ? Reply.stream(wire.streamed("Once").all()) : Reply.json(200, wire.answer("Once")));
        String request = streamed ? wire.streamedRequest("public", "Hi") : wire.request("public", "Hi");
        assertThat(providers.post("/responses", request).status()).isEqualTo(200);
    }
}
