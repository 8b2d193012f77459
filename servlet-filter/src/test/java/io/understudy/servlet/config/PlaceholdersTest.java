package io.understudy.servlet.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceholdersTest {
    private final ScriptedWorld world = new ScriptedWorld();

    @BeforeEach
    void script() {
        world.environment.put("NAME", "value");
        world.environment.put("EMPTY", "");
        world.environment.put("BOTH", "of-environment");
        world.environment.put("RECURSIVE", "${NAME}");
        world.properties.put("BOTH", "of-properties");
        world.properties.put("a.property-of_1", "of-properties");
        world.files.put("/run/secrets/x", ScriptedWorld.bytes("\n  of-file \r\n"));
    }

    @ParameterizedTest
    @CsvSource({
        "plain, plain",
        "${NAME}, value",
        "x-${NAME}-y, x-value-y",
        "${NAME}${NAME}, valuevalue",
        "${BOTH}, of-environment",
        "${a.property-of_1}, of-properties",
        "${NAME:-other}, value",
        "${NOT_SET:-other}, other",
        "${EMPTY:-other}, other",
        "${NOT_SET:-a:-b}, a:-b",
        "x${NOT_SET:-}y, xy",
        "x${EMPTY}y, xy",
        "${RECURSIVE}, ${NAME}",
        "${file:/run/secrets/x}, of-file",
        "$NAME, $NAME",
        "$$, $$",
        "a}b, a}b"
    })
    void stand_for(String written, String value) {
        Settings settings = world.read(Example.provider(", 'query': {'q': '" + written + "'}"));

        assertThat(Objects.requireNonNull(settings.providers().get("a")).query())
                .containsEntry("q", value);
    }

    static Stream<Arguments> wrong() {
        String form = "a malformed placeholder (expected: ${NAME}, ${NAME:-default} or ${file:/path}, not nested)";
        return Stream.of(
                arguments(
                        "${NOT_SET}",
                        "${NOT_SET} is not set (expected: the environment variable or system property NOT_SET to be set, or a"
                                + " default as in ${NOT_SET:-…})"),
                arguments(
                        "Bearer canary ${NOT_SET}",
                        "${NOT_SET} is not set (expected: the environment variable or system property NOT_SET to be set, or a"
                                + " default as in ${NOT_SET:-…})"),
                arguments(
                        "${file:/run/secrets/y}",
                        "${file:/run/secrets/y} (expected: a readable file of at most 64 KiB in UTF-8)"),
                arguments("${file:}", "${file:} (expected: a readable file of at most 64 KiB in UTF-8)"),
                arguments("${NAME", form),
                arguments("${}", form),
                arguments("${:-canary}", form),
                arguments("${NA ME}", form),
                arguments("${env:NAME}", form),
                arguments("${NAME:-${EMPTY}}", form),
                arguments("${1ST}", form));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void that_stand_for_nothing_are_named_with_their_path(String written, String problem) {
        assertThat(world.problems(Example.provider(", 'apiKey': '" + written + "'")))
                .containsExactly("providers.a.apiKey: " + problem);
        assertThat(world.problems(Example.provider(", 'query': {'q': '" + written + "'}")))
                .containsExactly("providers.a.query.q: " + problem);
    }

    @Test
    void work_in_every_string() {
        world.environment.put("TYPE", "azure");
        world.environment.put("HOST", "a.example");
        world.environment.put("DIALECT", "chat");
        world.environment.put("TIME", "7s");
        world.environment.put("SIZE", "1KiB");
        world.environment.put("KEY", "k");

        Settings settings = world.read(
                """
                {'providers': {'a': {'type': '${TYPE}', 'baseUrl': 'https://${HOST}/v1', 'apiKey': '${KEY}', 'dialects': ['${DIALECT}']}},
                 'models': {'m': [{'provider': '${A:-a}', 'model': '${NAME}'}]}, 'timeouts': {'idle': '${TIME}'},
                 'limits': {'maxRequestBytes': '${SIZE}'}, 'clientKeys': ['${KEY}', {'key': 'x${KEY}', 'models': ['${M:-m}']}]}
                """);

        assertThat(settings.providers().get("a")).hasFieldOrPropertyWithValue("type", ProviderType.AZURE);
        assertThat(settings.models().get("m")).singleElement().hasFieldOrPropertyWithValue("model", "value");
        assertThat(settings.timeouts().idle()).hasSeconds(7);
        assertThat(settings.limits().maxRequestBytes()).isEqualTo(1024);
        assertThat(settings.clientKeys()).extracting(ClientKey::key).containsExactly(new Secret("k"), new Secret("xk"));
    }

    @Test
    void do_not_work_in_keys() {
        assertThat(world.read(Example.models("'${NAME}': [{'provider': 'a'}]")).models())
                .containsOnlyKeys("${NAME}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"${EMPTY}", "${NOT_SET:-}"})
    void an_api_key_that_turns_out_empty_is_named(String written) {
        assertThat(world.problems(Example.provider(", 'apiKey': '" + written + "'")))
                .containsExactly(
                        "providers.a.apiKey: \"" + written
                                + "\" (expected: a credential, but it is empty; leave apiKey out for a provider that needs none)");
    }

    @Test
    void a_client_key_that_turns_out_empty_is_named() {
        assertThat(world.problems(Example.top(", 'clientKeys': ['${EMPTY}']")))
                .containsExactly("clientKeys[0]: \"${EMPTY}\" (expected: a key, but it is empty)");
    }

    @Test
    void an_admin_key_that_turns_out_empty_is_none() {
        assertThat(world.read(Example.top(", 'adminKey': '${EMPTY}'")).adminKey())
                .isNull();
        assertThat(world.read(Example.top(", 'adminKey': '${NAME}'")).adminKey())
                .isEqualTo(new Secret("value"));
    }

    @Test
    void a_file_is_read_again_at_every_reading() {
        String json = Example.provider(", 'apiKey': '${file:/run/secrets/x}'");
        Settings before = world.read(json);
        world.files.put("/run/secrets/x", ScriptedWorld.bytes("rotated"));
        Settings after = world.read(json);

        assertThat(before.providers().get("a")).hasFieldOrPropertyWithValue("apiKey", new Secret("of-file"));
        assertThat(after.providers().get("a")).hasFieldOrPropertyWithValue("apiKey", new Secret("rotated"));
    }

    @Test
    void a_file_that_is_no_text_or_too_long_is_refused() {
        world.files.put("/binary", new byte[] {(byte) 0xC3, (byte) 0x28});
        world.files.put("/long", new byte[64 * 1024 + 1]);

        assertThat(world.problems(Example.provider(", 'query': {'a': '${file:/binary}', 'b': '${file:/long}'}")))
                .containsExactly(
                        "providers.a.query.a: ${file:/binary} (expected: a readable file of at most 64 KiB in UTF-8)",
                        "providers.a.query.b: ${file:/long} (expected: a readable file of at most 64 KiB in UTF-8)");
    }

    @Test
    void a_value_is_shown_as_it_is_written_not_as_what_it_stands_for() {
        world.environment.put("CANARY", "canary");

        assertThat(world.problems(Example.top(", 'responseModel': '${CANARY}'")))
                .containsExactly("responseModel: \"${CANARY}\" (expected: one of served, requested)");
    }
}
