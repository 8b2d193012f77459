package io.understudy.servlet.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a model and its candidates can get wrong; the providers are {@code a} and {@code b}. */
class ModelRefusalTest {
    private final ScriptedWorld world = new ScriptedWorld();

    static Stream<Arguments> candidates() {
        return Stream.of(
                arguments(
                        "{'provider': 'a'}, {'provider': 'b', 'weight': -1}",
                        "[1].weight: -1 (expected: a finite number >= 0)"),
                arguments("{'provider': 'a', 'weight': 1e999}", "[0].weight: 1E+999 (expected: a finite number)"),
                arguments("{'provider': 'a', 'weight': '70'}", "[0].weight: \"70\" (expected: a finite number)"),
                arguments("{'provider': 'a', 'weight': null}", "[0].weight: null (expected: a finite number)"),
                arguments(
                        "{'provider': 'a', 'priority': -1}",
                        "[0].priority: -1 (expected: a whole number from 0 to 1000000)"),
                arguments(
                        "{'provider': 'a', 'priority': 1.5}",
                        "[0].priority: 1.5 (expected: a whole number of at most 2147483647)"),
                arguments("{'provider': 'A'}", "[0].provider: \"A\" (expected: one of a, b; did you mean \"a\"?)"),
                arguments("{'provider': 'nobody'}", "[0].provider: \"nobody\" (expected: one of a, b)"),
                arguments("{}", "[0].provider: missing (expected: the name of a provider)"),
                arguments("{'provider': 1}", "[0].provider: 1 (expected: a string)"),
                arguments(
                        "{'provider': 'a'}, {'provider': 'chain', 'weight': 2}",
                        "[1].weight: 2 (expected: not given: the application is always asked first, with the caller's own"
                                + " model)"),
                arguments(
                        "{'provider': 'chain', 'model': 'other'}",
                        "[0].model: \"other\" (expected: not given: the application is always asked first, with the"
                                + " caller's own model)"),
                arguments(
                        "{'provider': 'chain'}, {'provider': 'chain'}",
                        "[1]: the same provider and model as [0] (expected: each of them once)"),
                arguments(
                        "{'provider': 'chain'}, {'provider': 'a', 'weight': 0}",
                        ": only weights of 0 (expected: at least one weight above 0)"),
                arguments(
                        "{'provider': 'a', 'model': ''}", "[0].model: \"\" (expected: the provider's id of the model)"),
                arguments(
                        "{'provider': 'a', 'model': 'a\\r\\nb'}",
                        "[0].model: \"a\\u000d\\u000ab\" (expected: the provider's id of the model)"),
                arguments("{'provider': 'a', 'enabled': 'false'}", "[0].enabled: \"false\" (expected: true or false)"),
                arguments("'a'", "[0]: a string (expected: an object)"),
                arguments(
                        "{'provider': 'a'}, {'provider': 'b'}, {'provider': 'a', 'weight': 2}",
                        "[2]: the same provider and model as [0] (expected: each of them once)"),
                arguments(
                        "{'provider': 'a', 'model': 'm'}, {'provider': 'a'}",
                        "[1]: the same provider and model as [0] (expected: each of them once)"),
                arguments("", ": an empty list (expected: at least one candidate)"),
                arguments(
                        "{'provider': 'a', 'weight': 0}",
                        ": only weights of 0 (expected: at least one weight above 0)"),
                arguments(
                        "{'provider': 'a', 'weight': 0}, {'provider': 'b', 'weight': 0.0, 'priority': 1}",
                        ": only weights of 0 (expected: at least one weight above 0)"),
                arguments(
                        "{'provider': 'a', 'weight': 1e308}, {'provider': 'b', 'weight': 1e308}",
                        ": weights without a finite sum (expected: smaller weights)"),
                arguments(
                        "{'provider': 'a', 'wieght': 1}",
                        "[0].wieght: unknown key (expected: one of provider, model, weight, priority, enabled, sameSpace; did you"
                                + " mean \"weight\"?)"));
    }

    @ParameterizedTest
    @MethodSource("candidates")
    void a_wrong_candidate_is_named(String candidates, String problem) {
        assertThat(world.problems(Example.candidates(candidates))).containsExactly("models.m" + problem);
    }

    @Test
    void the_same_provider_with_two_models_is_fine() {
        assertThat(world.problems(
                        Example.candidates("{'provider': 'a', 'model': 'x'}, {'provider': 'a', 'model': 'y'}")))
                .isEmpty();
    }

    @Test
    void a_weight_of_zero_beside_another_is_fine() {
        assertThat(world.problems(Example.candidates("{'provider': 'a', 'weight': 0}, {'provider': 'b'}")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "'models': {}"})
    void at_least_one_model_is_needed(String models) {
        String separator = models.isEmpty() ? "" : ", ";

        assertThat(world.problems("{'providers': {'a': {'type': 'openai', 'baseUrl': 'https://a.example'}}" + separator
                        + models + "}"))
                .containsExactly("models: missing (expected: at least one model)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\\u0007b"})
    void a_model_has_a_name(String name) {
        for (String offer : List.of("{'provider': 'a', 'model': 'x'}", "{'provider': 'a'}")) {
            assertThat(world.problems(Example.models("'" + name + "': [" + offer + "]")))
                    .singleElement()
                    .asString()
                    .endsWith(": an unusable name (expected: a name without control characters)");
        }
    }

    @Test
    void wrong_candidates_do_not_shift_the_paths_of_others() {
        assertThat(world.problems(Example.candidates("1, {'provider': 'a'}, null, {'provider': 'b', 'weight': -1}")))
                .containsExactly(
                        "models.m[0]: a number (expected: an object)",
                        "models.m[2]: null (expected: an object)",
                        "models.m[3].weight: -1 (expected: a finite number >= 0)");
    }
}
