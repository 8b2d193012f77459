package io.understudy.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.servlet.testing.RawAnswer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ModelsTest {
    private static final String[] ANTHROPIC = {"anthropic-version", "2023-06-01"};

    private TwoProviders providers;

    @BeforeEach
    void start() throws Exception {
        providers = new TwoProviders(
                """
                "models": {"gpt": [{"provider": "a"}], "meta/llama-3": [{"provider": "b"}]},
                "clientKeys": ["key-of-all", {"name": "one", "key": "key-of-one", "models": ["gpt"]}]""");
    }

    @AfterEach
    void stop() {
        providers.close();
        assertThat(providers.a().requests()).isEmpty();
        assertThat(providers.b().requests()).isEmpty();
    }

    @Test
    void the_configured_models_are_listed_in_openais_shape() {
        assertThat(ask("/models").text())
                .isEqualTo("{\"object\":\"list\",\"data\":["
                        + "{\"id\":\"gpt\",\"object\":\"model\",\"created\":0,\"owned_by\":\"understudy\"},"
                        + "{\"id\":\"meta/llama-3\",\"object\":\"model\",\"created\":0,\"owned_by\":\"understudy\"}]}");
    }

    @Test
    void and_in_anthropics_shape_if_its_version_is_sent() {
        assertThat(ask("/models?limit=1000", ANTHROPIC).text())
                .isEqualTo("{\"data\":["
                        + "{\"type\":\"model\",\"id\":\"gpt\",\"display_name\":\"gpt\",\"created_at\":\"1970-01-01T00:00:00Z\",\"lifecycle\":\"active\"},"
                        + "{\"type\":\"model\",\"id\":\"meta/llama-3\",\"display_name\":\"meta/llama-3\",\"created_at\":\"1970-01-01T00:00:00Z\",\"lifecycle\":\"active\"}],"
                        + "\"has_more\":false,\"first_id\":\"gpt\",\"last_id\":\"meta/llama-3\"}");
    }

    @Test
    void one_of_them_is_shown_by_its_name_whatever_slashes_it_has() {
        assertThat(ask("/models/gpt").text())
                .isEqualTo("{\"id\":\"gpt\",\"object\":\"model\",\"created\":0,\"owned_by\":\"understudy\"}");
        assertThat(ask("/models/meta/llama-3", ANTHROPIC).text())
                .startsWith("{\"type\":\"model\",\"id\":\"meta/llama-3\"");
    }

    @Test
    void a_model_that_is_not_configured_is_not_found_in_either_shape() {
        RawAnswer openai = ask("/models/none");
        assertThat(openai.status()).isEqualTo(404);
        assertThat(openai.text())
                .contains("\"type\":\"invalid_request_error\"", "\"code\":\"model_not_found\"", "\\\"none\\\"");

        RawAnswer anthropic = ask("/models/none", ANTHROPIC);
        assertThat(anthropic.status()).isEqualTo(404);
        assertThat(anthropic.text()).startsWith("{\"type\":\"error\",\"error\":{\"type\":\"not_found_error\"");
    }

    @Test
    void a_caller_sees_what_it_may_use() {
        assertThat(providers.ask("GET", "/models", "x-api-key", "key-of-one").text())
                .contains("gpt")
                .doesNotContain("llama");
        assertThat(providers
                        .ask("GET", "/models/meta/llama-3", "x-api-key", "key-of-one")
                        .status())
                .isEqualTo(404);
        assertThat(providers.ask("GET", "/models").status()).isEqualTo(401);
    }

    @Test
    void the_answer_has_the_headers_of_every_answer() {
        RawAnswer answer = ask("/models", "X-Request-Id", "mine");

        assertThat(answer.headers().first("Content-Type")).get().asString().startsWith("application/json");
        assertThat(answer.headers().first("X-Understudy-Request-Id")).contains("mine");
        assertThat(answer.headers().first("x-request-id")).contains("mine");
    }

    @Test
    void other_methods_are_the_host_applications() {
        assertThat(providers.ask("DELETE", "/models/gpt").headers().first("X-Host"))
                .contains("DELETE /v1/models/gpt");
    }

    private RawAnswer ask(String path, String... headers) {
        String[] all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 2, headers.length);
        all[0] = "Authorization";
        all[1] = "Bearer key-of-all";
        return providers.ask("GET", path, all);
    }
}
