package io.understudy.servlet.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is common to all problems: they come together, with their source, and help. */
class ProblemsTest {
    private final ScriptedWorld world = new ScriptedWorld();

    @Test
    void three_mistakes_are_told_at_once() {
        String json = Example.candidates("{'provider': 'c'}, {'provider': 'b', 'weight': -1}")
                .replaceFirst("\\{", "{'failover': {'maxDelai': '5s'}, ");

        assertThatThrownBy(() -> world.read(json))
                .isInstanceOf(ConfigException.class)
                .hasMessage(
                        """
                        The configuration in a given text cannot be used:
                        failover.maxDelai: unknown key (expected: one of maxProviderAttempts, sameProviderRetries, baseDelay, maxDelay, \
                        exponentialBase, jitter, maxRetryAfter, delayOnSwitch, resendAfterWrite, reactions; did you mean "maxDelay"?)
                        models.m[0].provider: "c" (expected: one of a, b; did you mean "a"?)
                        models.m[1].weight: -1 (expected: a finite number >= 0)""");
    }

    @Test
    void a_problem_has_the_place_of_the_file_before_it() {
        world.properties.put("understudy.config", "/etc/understudy.json");
        world.files.put("/etc/understudy.json", ScriptedWorld.bytes("{}"));

        assertThatThrownBy(() -> world.reader().read())
                .isInstanceOf(ConfigException.class)
                .hasMessage(
                        """
                        The configuration in /etc/understudy.json (system property understudy.config) cannot be used:
                        providers: missing (expected: at least one provider)
                        models: missing (expected: at least one model)""");
    }

    @ParameterizedTest
    @CsvSource({
        "provider, providers",
        "Models, models",
        "fail_over, failover",
        "timeout, timeouts",
        "healht, health",
        "stream, streaming",
        "limit, limits",
        "header, headers",
        "response_model, responseModel",
        "client-keys, clientKeys",
        "adminkey, adminKey"
    })
    void an_unknown_key_gets_the_nearest_known_one(String unknown, String known) {
        assertThat(world.problems(Example.top(", '" + unknown + "': 1")))
                .singleElement()
                .asString()
                .startsWith(unknown + ": unknown key (expected: one of providers, models, ")
                .endsWith("; did you mean \"" + known + "\"?)");
    }

    @Test
    void a_key_unlike_any_gets_the_list_alone() {
        assertThat(world.problems(Example.top(", 'colour': 'sk-canary'")))
                .containsExactly(
                        "colour: unknown key (expected: one of providers, models, failover, timeouts, health, streaming, limits,"
                                + " headers, responseModel, clientKeys, adminKey, adminOpenOnLoopback)");
    }

    @Test
    void a_schema_is_only_known_at_the_top() {
        assertThat(world.problems(Example.top(", '$schema': 'x'"))).isEmpty();
        assertThat(world.problems(Example.provider(", '$schema': 'x'")))
                .singleElement()
                .asString()
                .startsWith("providers.a.$schema: unknown key");
    }

    @Test
    void a_key_given_twice_is_named_wherever_it_is() {
        assertThat(world.problems(Example.top(", 'headers': {}, 'headers': {}")))
                .containsExactly("headers: given twice (expected: each key once)");
        assertThat(world.problems(Example.provider(", 'apiKey': 'canary', 'apiKey': 'canary'")))
                .containsExactly("providers.a.apiKey: given twice (expected: each key once)");
        assertThat(world.problems(Example.candidates("{'provider': 'a', 'provider': 'b'}")))
                .containsExactly("models.m[0].provider: given twice (expected: each key once)");
    }

    @Test
    void a_key_cannot_break_out_of_its_line() {
        assertThat(world.problems(Example.top(", 'a\\nb\\u2028\\u202e': 1")))
                .singleElement()
                .asString()
                .startsWith("a\\u000ab\\u2028\\u202e: unknown key");
    }

    @Test
    void long_keys_and_values_are_cut() {
        assertThat(world.problems(Example.top(
                        ", 'responseModel': '" + "x".repeat(10_000) + "', '" + "k".repeat(10_000) + "': 1")))
                .hasSize(2)
                .allSatisfy(problem -> assertThat(problem).hasSizeLessThan(400));
    }
}
