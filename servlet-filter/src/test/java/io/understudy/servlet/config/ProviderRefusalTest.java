package io.understudy.servlet.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a provider can get wrong. */
class ProviderRefusalTest {
    private static final String URL = "an absolute http or https URL such as https://api.openai.com/v1";
    private static final String BARE = "a URL without user info, query and fragment; parameters belong into \"query\","
            + " credentials into \"apiKey\" or \"headers\"";

    private static final String TRUST_STORE =
            "a readable file with certificates in PEM, or a PKCS#12 or JKS key store with"
                    + " certificates and its password";

    private final ScriptedWorld world = new ScriptedWorld();

    ProviderRefusalTest() {
        world.files.put("empty.pem", new byte[0]);
        world.files.put(
                "broken.pem", ScriptedWorld.bytes("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"));
    }

    static Stream<Arguments> keys() {
        return Stream.of(
                arguments(
                        "'apiKey': ''",
                        "apiKey: (not shown) (expected: a credential, but it is empty; leave apiKey out for a provider that needs none)"),
                arguments(
                        "'apiKey': 'Bearer x'",
                        "apiKey: (not shown) (expected: visible ASCII characters without white space)"),
                arguments(
                        "'apiKey': 'x\\n'",
                        "apiKey: (not shown) (expected: visible ASCII characters without white space)"),
                arguments(
                        "'apiKey': 'schlüssel'",
                        "apiKey: (not shown) (expected: visible ASCII characters without white space)"),
                arguments("'apiKey': 5", "apiKey: a number (expected: a string)"),
                arguments("'apiKey': {'file': '/x'}", "apiKey: an object (expected: a string)"),
                arguments(
                        "'dialects': []",
                        "dialects: an empty list (expected: at least one dialect, or no such key for the usual ones)"),
                arguments(
                        "'dialects': ['chat', 'message']",
                        "dialects[1]: \"message\" (expected: one of chat, messages, responses, embeddings; did you mean \"messages\"?)"),
                arguments("'dialects': 'chat'", "dialects: a string (expected: a list)"),
                arguments(
                        "'headers': {'X-A': 'a\\r\\nb'}",
                        "headers.X-A: (not shown) (expected: printable ASCII characters, without line breaks, not empty)"),
                arguments(
                        "'headers': {'X-A': ''}",
                        "headers.X-A: (not shown) (expected: printable ASCII characters, without line breaks, not empty)"),
                arguments(
                        "'headers': {'X-A': ' a'}",
                        "headers.X-A: (not shown) (expected: printable ASCII characters, without line breaks, not empty)"),
                arguments(
                        "'headers': {'X-A': 'ü'}",
                        "headers.X-A: (not shown) (expected: printable ASCII characters, without line breaks, not empty)"),
                arguments(
                        "'headers': {'X A': 'a'}",
                        "headers.X A: an unusable name (expected: the name of a header that does not belong to the connection)"),
                arguments(
                        "'headers': {'X\\r\\nA': 'a'}",
                        "headers.X\\u000d\\u000aA: an unusable name (expected: the name of a header that does not belong to the connection)"),
                arguments(
                        "'headers': {'transfer-encoding': 'a'}",
                        "headers.transfer-encoding: an unusable name (expected: the name of a header that does not belong to the connection)"),
                arguments(
                        "'headers': {'X-A': 'a', 'x-a': 'b'}",
                        "headers.x-a: given twice (expected: each header once, and not the one that the apiKey is sent in)"),
                arguments(
                        "'apiKey': 'k', 'headers': {'Authorization': 'a'}",
                        "headers.Authorization: given twice (expected: each header once, and not the one that the apiKey is sent in)"),
                arguments(
                        "'query': {'a': 'b\\u0000'}",
                        "query.a: (not shown) (expected: a name and a value without control characters)"),
                arguments(
                        "'query': {'': 'b'}",
                        "query.: (not shown) (expected: a name and a value without control characters)"),
                arguments("'query': {'a': 1}", "query.a: a number (expected: a string)"),
                arguments("'enabled': 'yes'", "enabled: \"yes\" (expected: true or false)"),
                arguments(
                        "'transientPatterns': ['ok', '(']",
                        "transientPatterns[1]: \"(\" (expected: a regular expression of at most 500 characters)"),
                arguments("'maxConcurrent': 0", "maxConcurrent: 0 (expected: a whole number from 1 to 1000000)"),
                arguments("'maxConcurrent': null", "maxConcurrent: null (expected: a whole number)"),
                arguments("'trustStore': '/ca.pem'", "trustStore: a string (expected: an object)"),
                arguments("'trustStore': {}", "trustStore.path: missing (expected: " + TRUST_STORE + ")"),
                arguments(
                        "'trustStore': {'path': '/no/such/file'}",
                        "trustStore.path: \"/no/such/file\" (expected: " + TRUST_STORE + ")"),
                arguments(
                        "'trustStore': {'path': 'empty.pem', 'password': 'canary'}",
                        "trustStore.path: \"empty.pem\" (expected: " + TRUST_STORE + ")"),
                arguments(
                        "'trustStore': {'path': 'broken.pem'}",
                        "trustStore.path: \"broken.pem\" (expected: " + TRUST_STORE + ")"),
                arguments(
                        "'timeouts': {'idle': 'x'}",
                        "timeouts.idle: \"x\" (expected: a duration such as 250ms, 5s or 2m, from 1ms to 24h)"),
                arguments(
                        "'timeouts': {'exchange': '5s'}",
                        "timeouts.exchange: unknown key (expected: one of connect, firstToken, response, idle)"),
                arguments(
                        "'proxy': 'proxy.local:3128'",
                        "proxy: \"proxy.local:3128\" (expected: a proxy such as http://proxy.local:3128)"),
                arguments(
                        "'proxy': 'http://proxy.local'",
                        "proxy: \"http://proxy.local\" (expected: a proxy such as http://proxy.local:3128)"),
                arguments(
                        "'proxy': 'http://proxy.local:1/x'",
                        "proxy: \"http://proxy.local:1/x\" (expected: a proxy such as http://proxy.local:3128)"),
                arguments("'proxy': 'http://u:p@proxy.local:1'", "proxy: (not shown) (expected: " + BARE + ")"));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void a_wrong_value_is_named(String key, String problem) {
        assertThat(world.problems(Example.provider(", " + key))).containsExactly("providers.a." + problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "api.openai.com/v1",
                "ftp://a.example",
                "//a.example/v1",
                "https://",
                "https:///v1",
                "https://a b/v1",
                "https://my_host/v1",
                "https://a.example:0/v1",
                "https://a.example:65536/v1",
                "https://a.example/ü",
                "mailto:x",
                "https://[::1/v1",
                "http:a.example"
            })
    void a_base_url_is_absolute_and_http(String url) {
        assertThat(world.problems(withBaseUrl(url)))
                .containsExactly("providers.a.baseUrl: \"" + url + "\" (expected: " + URL + ")");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://user:canary@a.example/v1",
                "https://a.example/v1?key=canary",
                "https://a.example/v1#canary",
                "canary@x"
            })
    void a_base_url_with_room_for_secrets_is_refused_without_showing_it(String url) {
        assertThat(world.problems(withBaseUrl(url)))
                .containsExactly("providers.a.baseUrl: (not shown) (expected: " + BARE + ")");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://a.example",
                "https://a.example/",
                "http://127.0.0.1:8000/v1",
                "http://[::1]:8000/v1/",
                "https://a.example/openai/deployments/x%20y"
            })
    void a_base_url_may_have_port_path_and_trailing_slash(String url) {
        assertThat(world.problems(withBaseUrl(url))).isEmpty();
    }

    private static String withBaseUrl(String url) {
        return Example.providers("'a': {'type': 'openai', 'baseUrl': '" + url + "'}");
    }

    @Test
    void a_type_and_a_base_url_are_needed() {
        assertThat(world.problems(Example.providers("'a': {}")))
                .containsExactly(
                        "providers.a.type: missing (expected: one of openai, azure, anthropic)",
                        "providers.a.baseUrl: missing (expected: " + URL + ")");
    }

    @Test
    void a_type_is_one_of_three() {
        assertThat(world.problems(Example.providers("'a': {'type': 'antropic', 'baseUrl': 'https://a.example'}")))
                .containsExactly(
                        "providers.a.type: \"antropic\" (expected: one of openai, azure, anthropic; did you mean"
                                + " \"anthropic\"?)");
    }

    @Test
    void chain_is_a_reserved_name() {
        assertThat(world.problems(Example.providers("'a': {'type': 'openai', 'baseUrl': 'https://a.example'},"
                        + " 'chain': {'type': 'openai', 'baseUrl': 'https://a.example'}")))
                .containsExactly("providers.chain: a reserved name (expected: another name for a provider)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a@b", "a;b", "a,b", "", " a", "a ", "ü", "a\\r\\nb"})
    void a_name_can_stand_in_a_header_and_behind_an_at_sign(String name) {
        assertThat(world.problems("{'providers': {'" + name
                        + "': {'type': 'openai', 'baseUrl': 'https://a.example'}}, 'models': {'m': [{'provider': '"
                        + name + "'}]}}"))
                .singleElement()
                .asString()
                .startsWith("providers.")
                .endsWith(": an unusable name (expected: a name of printable ASCII characters without @ , ;)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai-eu", "azure.eu_1", "Azure EU", "x"})
    void usual_names_are_fine(String name) {
        assertThat(world.problems(Example.providers("'a': {'type': 'openai', 'baseUrl': 'https://a.example'}, '" + name
                        + "': {'type': 'openai', 'baseUrl': 'https://a.example'}")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'models': {'m': [{'provider': 'a'}]}}",
                "{'providers': {}, 'models': {'m': [{'provider': 'a'}]}}"
            })
    void at_least_one_provider_is_needed(String json) {
        assertThat(world.problems(json)).contains("providers: missing (expected: at least one provider)");
    }

    @Test
    void a_provider_that_is_no_object_causes_no_further_problems() {
        assertThat(world.problems(Example.providers("'a': 'sk-canary'")))
                .containsExactly("providers.a: a string (expected: an object)");
    }
}
