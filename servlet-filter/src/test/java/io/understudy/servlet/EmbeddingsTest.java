package io.understudy.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.servlet.testing.RawAnswer;
import io.understudy.servlet.testing.Reply;
import org.junit.jupiter.api.Test;

class EmbeddingsTest {
    private static final String REQUEST = "{\"model\":\"public\",\"input\":[\"one\",\"two\"],\"stream\":true}";
    private static final String ANSWER =
            """
            {"object":"list","data":[{"object":"embedding","index":0,"embedding":[0.1,-2e-5]}],"model":"m",\
            "usage":{"prompt_tokens":8,"total_tokens":8}}""";
    private static final Reply OVERLOADED = Reply.json(503, "{\"error\":{\"message\":\"busy\"}}");

    @Test
    void an_answer_is_relayed_as_it_is_and_never_streamed() throws Exception {
        try (TwoProviders providers = new TwoProviders()) {
            providers.a().then(Reply.json(200, ANSWER));

            RawAnswer answer = providers.post("/embeddings", REQUEST, "Accept", "text/event-stream");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text()).isEqualTo(ANSWER);
            assertThat(answer.headers().first("Content-Type")).contains("application/json");
            assertThat(providers.a().awaitRequest().target()).isEqualTo("/v1/embeddings");
        }
    }

    @Test
    void the_same_model_elsewhere_takes_over() throws Exception {
        try (TwoProviders providers = new TwoProviders(models("model-a", ""))) {
            providers.a().always(OVERLOADED);
            providers.b().then(Reply.json(200, ANSWER));

            assertThat(providers.post("/embeddings", REQUEST).status()).isEqualTo(200);
        }
    }

    @Test
    void another_model_takes_over_if_the_configuration_says_that_its_vectors_are_comparable() throws Exception {
        try (TwoProviders providers = new TwoProviders(models("model-b", ", \"sameSpace\": true"))) {
            providers.a().always(OVERLOADED);
            providers.b().then(Reply.json(200, ANSWER));

            assertThat(providers.post("/embeddings", REQUEST).status()).isEqualTo(200);
        }
    }

    @Test
    void another_model_is_never_asked() throws Exception {
        try (TwoProviders providers = new TwoProviders()) {
            providers.a().always(OVERLOADED);

            assertThat(providers.post("/embeddings", REQUEST).status()).isEqualTo(503);
            assertThat(providers.b().requests()).isEmpty();
        }
    }

    @Test
    void the_first_in_the_configuration_is_the_measure_even_if_the_draw_puts_another_first() throws Exception {
        String models =
                """
                "models": {"public": [{"provider": "a", "model": "model-a", "weight": 1},
                                      {"provider": "b", "model": "model-b", "weight": 1000000}]}""";
        try (TwoProviders providers = new TwoProviders(models)) {
            providers.a().always(Reply.json(200, ANSWER));

            for (int i = 0; i < 5; i++) {
                assertThat(providers.post("/embeddings", REQUEST).status()).isEqualTo(200);
            }
            assertThat(providers.b().requests()).isEmpty();
        }
    }

    @Test
    void a_caller_who_names_a_provider_gets_its_vectors() throws Exception {
        try (TwoProviders providers = new TwoProviders()) {
            providers.b().then(Reply.json(200, ANSWER));

            RawAnswer answer = providers.post("/embeddings", REQUEST.replace("public", "public@b"));

            assertThat(answer.headers().first("X-Understudy-Model")).contains("model-b");
        }
    }

    private static String models(String second, String more) {
        return """
                "models": {"public": [{"provider": "a", "model": "model-a"},
                                      {"provider": "b", "model": "%s", "priority": 1%s}]}"""
                .formatted(second, more);
    }
}
