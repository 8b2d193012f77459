package io.understudy.servlet.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Not four characters of a secret get into a message or a printed object, whatever is wrong with or around it. */
class SecrecyTest {
    private static final int PART = 4;
    private static final List<String> CANARIES =
            List.of("sk-Qx7Lm2Vt9", "sk-Bn4Rw8Yc1", "sk-Hj5Kp3Zd6", "sk-Fg0Ss1Xu7", "sk-Tv6Ee2Mo8", "sk-Ai9Nb4Wl3");

    private final ScriptedWorld world = new ScriptedWorld();

    @BeforeEach
    void script() {
        for (int i = 0; i < CANARIES.size(); i++) {
            world.environment.put("CANARY" + i, CANARIES.get(i));
            world.files.put("/canary" + i, ScriptedWorld.bytes(CANARIES.get(i) + "\n"));
        }
    }

    private static void assertNoPart(Object printed) {
        assertThat(printed.toString()).doesNotContain(parts());
    }

    private static List<String> parts() {
        return CANARIES.stream()
                .flatMap(canary -> IntStream.rangeClosed("sk-".length(), canary.length() - PART)
                        .mapToObj(start -> canary.substring(start, start + PART)))
                .toList();
    }

    /** How a secret may be written: as it is, as a variable, as a default, as a file, and with something around it. */
    static Stream<String> forms() {
        return Stream.of(
                "%1$s",
                "${CANARY%2$d}",
                "${NOT_SET:-%1$s}",
                "${file:/canary%2$d}",
                "%1$s ",
                "a\\n%1$s",
                "%1$s${NOT_SET}",
                "${%1$s",
                "ü%1$s");
    }

    private static String configuration(String form, String mistake) {
        String json =
                """
                {'providers': {'a': {'type': 'openai', 'baseUrl': 'https://a.example/v1', 'apiKey': '#0',
                    'headers': {'X-Key': '#1'}, 'query': {'key': '#2'}}},
                 'models': {'m': [{'provider': 'a'}]},
                 'clientKeys': ['#3', {'name': 'team', 'key': '#4'}], 'adminKey': '#5' MISTAKE}
                """
                        .replace("MISTAKE", mistake);
        for (int i = 0; i < CANARIES.size(); i++) {
            json = json.replace("#" + i, String.format(form, CANARIES.get(i), i));
        }
        return json;
    }

    @ParameterizedTest
    @MethodSource("forms")
    void neither_settings_nor_problems_show_a_secret(String form) {
        String json = configuration(form, "").replace('\'', '"');

        try {
            Settings settings = world.reader().read(json);
            assertNoPart(settings);
            assertThat(settings.providers().values()).allSatisfy(SecrecyTest::assertNoPart);
        } catch (ConfigException refused) {
            assertNoPart(refused);
            assertThat(refused.getCause()).isNull();
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void other_mistakes_show_no_secret_either(String form) {
        Stream.of(", 'x': 1", ", 'limits': 1, 'timeouts': {'idle': 1}", ", 'clientKeys': 1", ", }", ", \"")
                .forEach(mistake -> {
                    String json = configuration(form, mistake).replace('\'', '"');
                    assertNoPart(catchThrowableOfType(
                            ConfigException.class, () -> world.reader().read(json)));
                });
    }

    static Stream<String> misplaced() {
        return Stream.of(
                Example.provider(", 'apikey': '#'"),
                Example.provider(", 'apiKey': ['#']"),
                Example.provider(", 'apiKey': {'value': '#'}"),
                Example.provider(", 'headers': '#'"),
                Example.provider(", 'headers': ['#']"),
                Example.provider(", 'headers': {'a': ['#']}"),
                Example.provider(", 'query': 'key=#'"),
                Example.provider(", 'proxy': 'http://user:#@proxy:3128'"),
                Example.providers("'a': '#'"),
                Example.providers("'a': ['#']"),
                Example.providers("'a': {'type': 'openai', 'baseUrl': 'https://#@a.example/v1'}"),
                Example.providers("'a': {'type': 'openai', 'baseUrl': 'https://a.example/v1?key=#'}"),
                Example.top(", 'clientKeys': '#'"),
                Example.top(", 'clientKeys': {'team': '#'}"),
                Example.top(", 'clientKeys': [['#']]"),
                Example.top(", 'clientKeys': [{'key': {'x': '#'}}]"),
                Example.top(", 'clientKeys': ['#', '#']"),
                Example.top(", 'clientKeys': [{'kee': '#'}]"),
                Example.top(", 'adminKey': ['#']"),
                Example.top(", 'admin': '#'"),
                Example.top(", 'adminKey': #"),
                Example.top(", 'adminKey': '#"),
                Example.top(", 'adminKey': '#', 'adminKey': '#'"));
    }

    @ParameterizedTest
    @MethodSource("misplaced")
    void a_secret_in_the_wrong_place_is_not_shown(String template) {
        assertNoPart(problems(template.replace("#", CANARIES.get(0))));
    }

    @ParameterizedTest
    @MethodSource("misplaced")
    void nor_is_one_that_a_placeholder_stands_for(String template) {
        assertNoPart(problems(template.replace("#", "${CANARY0}")));
    }

    private List<String> problems(String json) {
        List<String> problems = world.problems(json);
        assertThat(problems).isNotEmpty();
        return problems;
    }

    static Stream<String> strings() {
        return Stream.of(
                Example.providers("'a': {'type': '#', 'baseUrl': 'https://a.example/v1'}"),
                Example.providers("'a': {'type': 'openai', 'baseUrl': '#'}"),
                Example.provider(", 'proxy': '#'"),
                Example.provider(", 'dialects': ['#']"),
                Example.provider(", 'transientPatterns': ['(#']"),
                Example.provider(", 'reactions': {'404': '#'}"),
                Example.provider(", 'timeouts': {'idle': '#'}"),
                Example.candidates("{'provider': '#'}"),
                Example.candidates("{'provider': 'a', 'model': '#\\n'}"),
                Example.candidates("{'provider': 'a', 'model': '#'}, {'provider': 'a', 'model': '#'}"),
                Example.top(", 'failover': {'jitter': '#', 'baseDelay': '#'}"),
                Example.top(", 'streaming': {'commitOn': '#'}"),
                Example.top(", 'limits': {'maxRequestBytes': '#'}"),
                Example.top(", 'headers': {'forward': ['#:']}"),
                Example.top(", 'responseModel': '#'"),
                Example.top(", 'clientKeys': [{'key': 'k', 'name': '#\\n'}]"),
                Example.top(", 'clientKeys': [{'key': 'k', 'models': ['#']}]"));
    }

    @ParameterizedTest
    @MethodSource("strings")
    void no_string_shows_what_its_placeholder_stands_for(String template) {
        assertNoPart(problems(template.replace("#", "${CANARY0}")));
        assertNoPart(problems(template.replace("#", "${file:/canary0}")));
    }

    @Test
    void the_canaries_would_be_noticed() {
        assertThat(world.problems(Example.top(", 'responseModel': '" + CANARIES.get(0) + "'"))
                        .toString())
                .contains(parts().get(0));
    }
}
