package io.understudy.servlet.upstream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.core.failure.FailureClassifier;
import io.understudy.servlet.config.ProviderType;
import io.understudy.servlet.fake.Configured;
import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProviderUriTest {
    @ParameterizedTest
    @CsvSource({
        "https://api.test/v1,           https://api.test/v1/chat/completions",
        "https://api.test/v1/,          https://api.test/v1/chat/completions",
        "https://api.test,              https://api.test/chat/completions",
        "http://[::1]:8000/a%20b/v1,    http://[::1]:8000/a%20b/v1/chat/completions",
    })
    void the_path_is_put_behind_the_base_url(String baseUrl, String uri) {
        assertThat(uri(baseUrl, null)).isEqualTo(uri);
    }

    /** The caller's query as it is passed on. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            quoteCharacter = '`',
            textBlock =
                    """
            -                          | -
            ``                         | -
            beta=true                  | beta=true
            a=1&b=2&a=3                | a=1&b=2&a=3
            a&b=&=c                    | a&b=&=c
            &&a=1&                     | a=1
            q=%2F%3D%26%20+~           | q=%2F%3D%26%20+~
            q=%c3%a9                   | q=%c3%a9
            q=a=b?c/d:e@f              | q=a=b?c/d:e@f
            q=x[0]                     | q=x[0]
            q=a b                      | q=a%20b
            q="<>\\^{}                 | q=%22%3C%3E%5C%5E%7B%7D
            q=%                        | q=%25
            q=%zz%4                    | q=%25zz%254
            q=é😀                      | q=%C3%A9%F0%9F%98%80
            q=#fragment                | q=%23fragment
            key=secret                 | -
            api_key=secret             | -
            beta=1&key=secret&x=2      | beta=1&x=2
            k%65y=secret&b=1           | b=1
            key                        | -
            api%5Fkey=secret           | -
            monkey=1&keys=2&api-key=3  | monkey=1&keys=2&api-key=3
            """)
    void the_callers_query_is_passed_on_without_its_keys(@Nullable String callers, @Nullable String passed) {
        assertThat(uri("https://api.test", callers))
                .isEqualTo("https://api.test/chat/completions" + (passed == null ? "" : "?" + passed));
    }

    @Test
    void the_providers_own_query_wins() {
        Provider provider = provider("https://api.test", Map.of("api-version", "preview"));
        assertThat(provider.uri("/x", "api-version=1&beta=true&api%2Dversion=2"))
                .hasToString("https://api.test/x?beta=true&api-version=preview");
    }

    @Test
    void the_providers_own_query_is_encoded_and_keeps_its_order() {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("z y", "a&b=c");
        query.put("key", "own/+é");
        assertThat(provider("https://api.test", query).uri("/x", "key=callers"))
                .hasToString("https://api.test/x?z+y=a%26b%3Dc&key=own%2F%2B%C3%A9");
    }

    @Property(tries = 2000, seed = "20261122")
    void whatever_the_caller_asks_gives_a_uri_that_means_the_same(@ForAll String value) {
        String raw = "q=" + value.replaceAll("[%&+]", "_");
        String query = provider("https://api.test", Map.of()).uri("/x", raw).getRawQuery();
        assertThat(URLDecoder.decode(query, UTF_8)).isEqualTo(wellFormed(raw));
    }

    /** Halves of characters can't be encoded. */
    private static String wellFormed(String text) {
        return new String(text.getBytes(UTF_8), UTF_8);
    }

    private static String uri(String baseUrl, @Nullable String query) {
        return provider(baseUrl, Map.of()).uri("/chat/completions", query).toString();
    }

    private static Provider provider(String baseUrl, Map<String, String> query) {
        return new Provider(
                Configured.provider("p", ProviderType.OPENAI, baseUrl, Map.of(), query),
                new NoClient(),
                new FailureClassifier(false, List.of()));
    }

    private static final class NoClient implements UpstreamClient {
        @Override
        public UpstreamCall send(UpstreamRequest request, Listener listener) {
            throw new AssertionError("nothing is to be sent");
        }

        @Override
        public void close() {}
    }
}
