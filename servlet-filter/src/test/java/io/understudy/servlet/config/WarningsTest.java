package io.understudy.servlet.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is valid but probably not as meant. */
class WarningsTest {
    private final ScriptedWorld world = new ScriptedWorld();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "api.example.com",
                "8.8.8.8",
                "172.32.0.1",
                "[2001:db8::1]",
                "10.0.0.256.example.com",
                "local.example.com"
            })
    void an_api_key_that_leaves_the_private_network_unencrypted(String host) {
        assertThat(world.read(withKeyTo("http://" + host + "/v1")).warnings())
                .containsExactly(
                        "providers.a.baseUrl: \"http://" + host + "/v1\" carries the apiKey unencrypted; use https");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:8000", "http://localhost:8000", "http://10.0.0.7", "http://172.16.3.4",
                        "http://192.168.1.1", "http://169.254.1.1",
                "http://[::1]", "http://[fd00::1]", "http://[fe80::1]", "http://vllm:8000/v1", "http://vllm.ml.svc",
                        "http://gpu.corp.internal",
                "https://api.example.com", "HTTPS://8.8.8.8"
            })
    void an_api_key_that_does_not_is_fine(String url) {
        assertThat(world.read(withKeyTo(url)).warnings()).isEmpty();
    }

    private static String withKeyTo(String url) {
        return Example.providers("'a': {'type': 'openai', 'baseUrl': '" + url + "', 'apiKey': 'k'}");
    }

    @Test
    void an_open_connection_without_a_key_is_fine() {
        assertThat(world.read(Example.providers("'a': {'type': 'openai', 'baseUrl': 'http://api.example.com'}"))
                        .warnings())
                .isEmpty();
    }

    @Test
    void a_base_url_that_ends_like_an_endpoint() {
        assertThat(world.read(Example.providers(
                                "'a': {'type': 'openai', 'baseUrl': 'https://a.example/v1/chat/completions/'}"))
                        .warnings())
                .containsExactly(
                        "providers.a.baseUrl: \"https://a.example/v1/chat/completions/\" ends like an endpoint; the endpoint's"
                                + " path is added to it");
    }

    @Test
    void a_model_that_nobody_serves() {
        assertThat(world.read(Example.models("'m': [{'provider': 'a', 'enabled': false}], 'n': [{'provider': 'a'}]"))
                        .warnings())
                .containsExactly("models.m: none of its candidates is enabled");
        assertThat(world.read(Example.provider(", 'enabled': false")).warnings())
                .containsExactly("models.m: none of its candidates is enabled");
    }

    @Test
    void a_model_that_hides_a_pinned_provider() {
        assertThat(world.read(Example.models("'m': [{'provider': 'a'}], 'm@b': [{'provider': 'a', 'model': 'x'}]"))
                        .warnings())
                .containsExactly("models.m@b: callers who ask for this name get this model, not m of that provider");
    }

    @Test
    void a_model_with_an_at_sign_that_hides_nothing_is_fine() {
        assertThat(world.read(Example.models(
                                "'m': [{'provider': 'a'}], 'm@20250514': [{'provider': 'a', 'model': 'x'}]"))
                        .warnings())
                .isEmpty();
    }

    @Test
    void buffers_smaller_than_a_request() {
        assertThat(world.read(Example.top(", 'limits': {'maxBufferedBytes': '1MiB'}"))
                        .warnings())
                .containsExactly("limits.maxBufferedBytes: less than maxRequestBytes; the largest requests never fit");
    }

    @Test
    void a_warning_shows_no_content_of_a_placeholder() {
        world.environment.put("URL", "http://canary.example.com");

        assertThat(world.read(withKeyTo("${URL}")).warnings())
                .containsExactly("providers.a.baseUrl: \"${URL}\" carries the apiKey unencrypted; use https");
    }

    @Test
    void rescue_which_is_not_there_yet() {
        assertThat(world.read(Example.top(", 'streaming': {'onBreak': 'rescue'}"))
                        .warnings())
                .containsExactly(
                        "streaming.onBreak: \"rescue\" is not there yet; a stream that breaks ends with the error event");
    }
}
