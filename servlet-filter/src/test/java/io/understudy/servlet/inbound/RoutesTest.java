package io.understudy.servlet.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.servlet.dialect.Operation;
import io.understudy.servlet.fake.FakeRequest;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutesTest {
    @ParameterizedTest(name = "{0}: {1} is ours: {2}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            /v1/*                 | /v1/chat/completions       | true
            /v1/*                 | /v1/v1/chat/completions    | true
            /v1/*                 | /chat/completions          | false
            /v1/*                 | /v1/chat/completions/      | false
            /v1/*                 | /v1/chat/completions/x     | false
            /v1/*                 | /v1/chat/completion        | false
            /v1/*                 | /v1/Chat/Completions       | false
            /v1/*                 | /v1//chat/completions      | false
            /v1/*                 | //v1/chat/completions      | false
            /v1/*                 | /v1/chat%2Fcompletions     | false
            /v1/*                 | /v1%2fchat/completions     | false
            /v1/*                 | /v1/chat%252Fcompletions   | false
            /v1/*                 | /v1/%2e%2e/v1/messages     | false
            /v1/*                 | /v1;x=1/chat/completions   | false
            /v1/*                 | /v1/messages;x=1           | false
            /v1/*                 | /v1/%6Dessages             | true
            /v1/*                 | /v1chat/completions        | false
            /v1/*                 | /v1                        | false
            /v1/*                 | /v1/                       | false
            /v1/*                 | /v1/x/../chat/completions  | false
            /v1/*                 | /v2/chat/completions       | false
            /v1/*                 | /api/v1/chat/completions   | false
            /llm/v1/*             | /llm/v1/chat/completions   | true
            /llm/v1/*             | /v1/chat/completions       | false
            /llm/*                | /llm/chat/completions      | true
            /llm/*                | /llm/v1/chat/completions   | true
            /llm/*                | /llm/v2/chat/completions   | false
            /llm/*                | /llm/api/chat/completions  | false
            /*                    | /chat/completions          | true
            /*                    | /v1/chat/completions       | true
            /*                    | /api/chat/completions      | false
            /*                    | /v1/v1/chat/completions    | false
            /*                    | /                          | false
            /ai/chat/completions  | /ai/chat/completions       | true
            /chat/completions     | /chat/completions          | true
            /chat/completions     | /ai/chat/completions       | false
            /ai/chat/completions/* | /ai/chat/completions      | true
            /ai/chat/*            | /ai/chat/completions       | false
            /ai/messages          | /ai/messages               | true
            /ai/messages/*        | /ai/messages/count_tokens  | true
            /ai/mymessages        | /ai/mymessages             | false
            /v1/*                 | /v1/messages               | true
            /v1/*                 | /v1/messages/count_tokens  | true
            /v1/*                 | /v1/messages/batches       | false
            /v1/*                 | /v1/responses              | true
            /v1/*                 | /v1/embeddings             | true
            /*                    | /api/messages              | false
            *.jsp                 | /chat/completions          | false
            /                     | /chat/completions          | false
            """)
    void a_mapping_gives_the_prefix_and_the_rest_must_be_an_endpoint(String mapping, String path, boolean ours) {
        assertThat(isOurs(Routes.mapped(List.of(mapping)), FakeRequest.post(path)))
                .isEqualTo(ours);
    }

    @ParameterizedTest(name = "{0}: {1} is ours: {2}")
    @CsvSource({
        "/llm/v1,    /llm/v1/chat/completions, true",
        "/llm/v1/,   /llm/v1/chat/completions, true",
        "llm/v1,     /llm/v1/chat/completions, true",
        "/llm,       /llm/v1/chat/completions, true",
        "/llm,       /chat/completions,        false",
        "/,          /chat/completions,        true",
        "/,          /v1/chat/completions,     true",
        "'',         /v1/chat/completions,     true",
    })
    void a_base_path_gives_it_as_well(String basePath, String path, boolean ours) {
        assertThat(isOurs(Routes.below(basePath), FakeRequest.post(path))).isEqualTo(ours);
    }

    @Test
    void several_mappings_count_each() {
        Routes routes = Routes.mapped(List.of("/a/*", "/b/v1/*", "*.do"));
        assertThat(isOurs(routes, FakeRequest.post("/a/v1/chat/completions"))).isTrue();
        assertThat(isOurs(routes, FakeRequest.post("/b/v1/chat/completions"))).isTrue();
        assertThat(isOurs(routes, FakeRequest.post("/c/v1/chat/completions"))).isFalse();
    }

    @Test
    void without_a_mapping_nothing_is_ours() {
        assertThat(isOurs(Routes.mapped(List.of()), FakeRequest.post("/v1/chat/completions")))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "post", ""})
    void only_post_is_ours(String method) {
        assertThat(isOurs(
                        Routes.below("/v1"),
                        FakeRequest.post("/v1/chat/completions").method(method)))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/app", "/app/deeper", "/%C3%BCber", "/a+b"})
    void the_context_path_is_not_part_of_the_path(String context) {
        Routes routes = Routes.below("/v1");
        assertThat(isOurs(routes, FakeRequest.post("/v1/chat/completions").context(context)))
                .isTrue();
        assertThat(isOurs(routes, FakeRequest.post("/chat/completions").context(context)))
                .isFalse();
    }

    @ParameterizedTest(name = "{0} is ours: {1}")
    @CsvSource({
        "/v1/%63hat/completions, true",
        "/v1/chat/completion%73, true",
        "/%761/chat/completions, true",
        "/v1/chat%2520completions, false",
        "/v1/chat/completions%00, false",
        "/v1/chat/completions%20, false",
        "/v1/chat/completions+, false",
        "/v1/chat/completions%, false",
        "/v1/chat/completions%zz, false",
        "/v1/%FFchat/completions, false",
    })
    void an_encoded_path_means_what_it_decodes_to(String path, boolean ours) {
        assertThat(isOurs(Routes.below("/v1"), FakeRequest.post(path))).isEqualTo(ours);
    }

    @Test
    void a_prefix_may_need_encoding() {
        Routes routes = Routes.mapped(List.of("/über/a+b/*"));
        assertThat(isOurs(routes, FakeRequest.post("/%C3%BCber/a+b/chat/completions")))
                .isTrue();
        assertThat(isOurs(routes, FakeRequest.post("/%C3%BCber/a%20b/chat/completions")))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/chat/completions;jsessionid=1", "/v1;a=b/chat/completions", "/v1/chat/completions%3B"})
    void a_path_with_parameters_is_not_exactly_one_of_ours(String path) {
        assertThat(isOurs(Routes.below("/v1"), FakeRequest.post(path))).isFalse();
    }

    @Test
    void the_query_is_no_part_of_the_path_and_is_kept_as_it_came() {
        InboundRequest request = Objects.requireNonNull(Routes.below("/v1")
                .match(FakeRequest.post("/v1/chat/completions").query("a=%2F&b").servlet()));
        assertThat(request.query()).isEqualTo("a=%2F&b");
        assertThat(request.endpoint().path()).isEqualTo("/chat/completions");
        assertThat(request.endpoint().dialect().name()).isEqualTo("chat");
        assertThat(request.endpoint().operation()).isEqualTo(Operation.GENERATE);
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "/v1/models/gpt-4o,              gpt-4o",
        "/v1/models/meta/llama-3,        meta/llama-3",
        "/v1/models/meta%2Fllama-3,      meta/llama-3",
        "/v1/models/llama3:8b,           llama3:8b",
        "/v1/models/llama3%3A8b,         llama3:8b",
        "/v1/models/gpt%204o,            gpt 4o",
        "/v1/models/gpt+4o,              gpt+4o",
        "/v1/models/gpt%2B4o%40azure,    gpt+4o@azure",
        "/v1/models/%C3%BCber,           über",
        "/v1/models/50%25,               50%",
    })
    void the_name_of_a_model_is_what_its_path_decodes_to(String path, String name) {
        FakeRequest request = FakeRequest.post(path).method("GET");

        assertThat(Objects.requireNonNull(Routes.below("/v1").match(request.servlet()))
                        .variable())
                .isEqualTo(name);
    }

    private static boolean isOurs(Routes routes, FakeRequest request) {
        return routes.match(request.servlet()) != null;
    }
}
