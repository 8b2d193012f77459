package io.understudy.servlet.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.servlet.config.ProviderSettings;
import io.understudy.servlet.config.ProviderType;
import io.understudy.servlet.fake.Configured;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderRulesTest {
    private static final ProviderSettings OPENAI = Configured.provider("a", ProviderType.OPENAI);

    private final HeaderRules rules = new HeaderRules(List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "accept",
                "user-agent",
                "anthropic-version",
                "anthropic-beta",
                "openai-beta",
                "idempotency-key",
                "x-request-id",
                "traceparent",
                "tracestate",
                "baggage"
            })
    void the_listed_headers_go_up(String name) {
        assertThat(up(rules, name, "value")).containsEntry(name, "value");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x-api-key",
                "api-key",
                "cookie",
                "host",
                "content-length",
                "content-encoding",
                "accept-encoding",
                "connection",
                "keep-alive",
                "proxy-connection",
                "proxy-authenticate",
                "proxy-authorization",
                "te",
                "trailer",
                "transfer-encoding",
                "upgrade",
                "expect",
                "x-understudy-provider",
                "x-understudy-anything"
            })
    void secrets_and_what_belongs_to_a_connection_never_go_up_whatever_is_configured(String name) {
        assertThat(up(rules, name, "callers")).doesNotContainKey(name);
        assertThat(up(new HeaderRules(List.of(name)), name, "callers")).doesNotContainKey(name);
    }

    @Test
    void the_callers_authorization_is_never_the_providers() {
        HeaderRules forwarding = new HeaderRules(List.of("authorization"));
        assertThat(up(forwarding, "authorization", "Bearer callers"))
                .containsEntry("authorization", "Bearer sk-own-key");
        assertThat(forwarding.up(Map.of("authorization", List.of("Bearer callers")), keyless(ProviderType.OPENAI)))
                .doesNotContainKey("authorization");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x-team",
                "forwarded",
                "x-forwarded-for",
                "origin",
                "referer",
                "accept-language",
                "range",
                "if-none-match",
                "openai-organization",
                "x-stainless-retry-count",
                "content-md5"
            })
    void any_other_header_goes_up_only_if_it_is_configured(String name) {
        assertThat(up(rules, name, "value")).doesNotContainKey(name);
        assertThat(up(new HeaderRules(List.of(name)), name, "value")).containsEntry(name, "value");
    }

    @ParameterizedTest
    @ValueSource(strings = {"traceparent", "close, TraceParent", "x-other ,traceparent, keep-alive"})
    void a_header_that_connection_names_stays_here(String connection) {
        Map<String, List<String>> callers = Map.of(
                "connection", List.of("x-first", connection), "traceparent", List.of("t"), "baggage", List.of("b"));
        assertThat(rules.up(callers, OPENAI)).doesNotContainKey("traceparent").containsEntry("baggage", "b");
    }

    @Test
    void several_values_become_one() {
        assertThat(rules.up(Map.of("anthropic-beta", List.of("a", "b,c")), OPENAI))
                .containsEntry("anthropic-beta", "a, b,c");
    }

    @Test
    void a_value_is_passed_as_the_container_read_it() {
        assertThat(up(rules, "baggage", "k=\u00e9\u00ff;\t\"x\"")).containsEntry("baggage", "k=\u00e9\u00ff;\t\"x\"");
    }

    @Test
    void a_caller_without_a_user_agent_gets_ours() {
        assertThat(rules.up(Map.of(), OPENAI))
                .containsOnly(Map.entry("user-agent", "understudy"), Map.entry("authorization", "Bearer sk-own-key"));
        assertThat(up(rules, "user-agent", "OpenAI/Java")).containsEntry("user-agent", "OpenAI/Java");
    }

    @ParameterizedTest
    @CsvSource({
        "OPENAI,    authorization, Bearer sk-own-key",
        "AZURE,     api-key,       sk-own-key",
        "ANTHROPIC, x-api-key,     sk-own-key"
    })
    void the_providers_key_has_the_form_of_its_type_and_no_other(ProviderType type, String name, String value) {
        Map<String, String> headers = rules.up(
                Map.of("authorization", List.of("c"), "api-key", List.of("c"), "x-api-key", List.of("c")),
                Configured.provider("p", type));
        assertThat(headers).containsEntry(name, value);
        headers.keySet().retainAll(Set.of("authorization", "api-key", "x-api-key"));
        assertThat(headers).hasSize(1);
    }

    @Test
    void a_provider_without_a_key_gets_none() {
        assertThat(rules.up(Map.of(), keyless(ProviderType.AZURE))).containsOnlyKeys("user-agent");
    }

    @Test
    void anthropic_gets_a_version_unless_the_caller_or_the_configuration_names_one() {
        ProviderSettings plain = Configured.provider("c", ProviderType.ANTHROPIC);
        ProviderSettings pinned = withHeaders(ProviderType.ANTHROPIC, Map.of("Anthropic-Version", "2024-01-01"));
        Map<String, List<String>> callers = Map.of("anthropic-version", List.of("2026-10-21"));
        assertThat(rules.up(Map.of(), plain)).containsEntry("anthropic-version", "2023-06-01");
        assertThat(rules.up(callers, plain)).containsEntry("anthropic-version", "2026-10-21");
        assertThat(rules.up(Map.of(), pinned)).containsEntry("anthropic-version", "2024-01-01");
        assertThat(rules.up(Map.of(), OPENAI)).doesNotContainKey("anthropic-version");
    }

    @Test
    void configured_headers_win_over_the_callers_and_the_key_over_both() {
        ProviderSettings provider = withHeaders(
                ProviderType.OPENAI, Map.of("X-Team", "search", "User-Agent", "ours", "Authorization", "theirs"));
        assertThat(rules.up(Map.of("user-agent", List.of("callers")), provider))
                .containsOnly(
                        Map.entry("x-team", "search"),
                        Map.entry("user-agent", "ours"),
                        Map.entry("authorization", "Bearer sk-own-key"));
    }

    @Test
    void one_attempts_headers_are_not_anothers() {
        Map<String, List<String>> callers = new LinkedHashMap<>(Map.of("accept", List.of("a")));
        rules.up(callers, OPENAI).put("accept", "changed");
        assertThat(rules.up(callers, Configured.provider("z", ProviderType.AZURE)))
                .containsEntry("accept", "a")
                .doesNotContainKey("authorization");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x-ratelimit-remaining-tokens",
                "x-ratelimit-reset-requests",
                "anthropic-ratelimit-tokens-reset",
                "openai-processing-ms",
                "openai-version"
            })
    void the_listed_headers_come_down(String name) {
        assertThat(HeaderRules.down(Map.of(name, List.of("1", "2")))).containsExactly(Map.entry(name, List.of("1, 2")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "set-cookie",
                "set-cookie2",
                "server",
                "via",
                "cf-ray",
                "content-length",
                "content-encoding",
                "transfer-encoding",
                "connection",
                "retry-after",
                "retry-after-ms",
                "x-should-retry",
                "location",
                "www-authenticate",
                "alt-svc",
                "strict-transport-security",
                "access-control-allow-origin",
                "x-understudy-provider",
                "date",
                "x-openai-foo"
            })
    void nothing_else_comes_down(String name) {
        assertThat(HeaderRules.down(Map.of(name, List.of("value")))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-request-id", "request-id"})
    void the_upstreams_request_id_comes_down_under_a_name_of_its_own(String name) {
        assertThat(HeaderRules.down(Map.of(name, List.of("req_1", "req_2"))))
                .containsExactly(Map.entry("X-Understudy-Upstream-Request-Id", List.of("req_1")));
    }

    @Test
    void what_comes_down_never_fills_a_containers_room_for_headers() {
        Map<String, List<String>> upstream = new LinkedHashMap<>();
        upstream.put("x-ratelimit-limit-requests", List.of("60"));
        upstream.put("openai-processing-ms", List.of("x".repeat(5_000)));
        for (int i = 0; i < 20; i++) {
            upstream.put("x-ratelimit-" + i, List.of("v".repeat(900)));
        }
        upstream.put("x-request-id", List.of("req_1"));
        assertThat(HeaderRules.down(upstream))
                .containsOnlyKeys(
                        "x-ratelimit-limit-requests",
                        "x-ratelimit-0",
                        "x-ratelimit-1",
                        "x-ratelimit-2",
                        "x-ratelimit-3",
                        "X-Understudy-Upstream-Request-Id");
    }

    private static Map<String, String> up(HeaderRules rules, String name, String value) {
        return rules.up(Map.of(name, List.of(value)), OPENAI);
    }

    private static ProviderSettings withHeaders(ProviderType type, Map<String, String> headers) {
        return Configured.provider("p", type, "https://api.test/v1", headers, Map.of());
    }

    private static ProviderSettings keyless(ProviderType type) {
        ProviderSettings p = Configured.provider("p", type);
        return new ProviderSettings(
                "p",
                type,
                URI.create("https://api.test"),
                null,
                p.dialects(),
                Map.of(),
                Map.of(),
                true,
                false,
                List.of(),
                null,
                null,
                null,
                null,
                p.timeouts());
    }
}
