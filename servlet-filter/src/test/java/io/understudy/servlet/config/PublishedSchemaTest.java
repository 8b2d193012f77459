package io.understudy.servlet.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The schema knows the keys that the reader knows, and refuses what the reader refuses as far as a schema can. That it
 * allows what the reader allows is asserted wherever a test reads something: {@link ScriptedWorld#read}.
 */
class PublishedSchemaTest {
    /** Of what a problem speaks that only shows beside something else, or to a program. */
    private static final List<String> OUT_OF_ITS_SIGHT = List.of(
            "given twice",
            "the same provider and model as",
            "only weights of 0",
            "without a finite sum",
            "a duration not longer than",
            "from 0ms to 24h",
            "from 1ms to 24h",
            "(expected: one of a, b",
            "(expected: one of m;",
            "a regular expression",
            "a readable file",
            "1E+400");

    @Test
    void the_documented_example_is_valid() {
        assertThat(PublishedSchema.problems(DocumentedText.read())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("io.understudy.servlet.config.RefusalTest#topLevel")
    void at_the_top(String more, String problem) {
        assertRefused(Example.top(", " + more), problem);
    }

    @ParameterizedTest
    @MethodSource("io.understudy.servlet.config.RefusalTest#failover")
    void in_failover(String key, String problem) {
        assertRefused(Example.top(", 'failover': {" + key + "}"), problem);
    }

    @ParameterizedTest
    @MethodSource("io.understudy.servlet.config.RefusalTest#reactions")
    void in_reactions(String key, String problem) {
        assertRefused(Example.top(", 'failover': {'reactions': {" + key + "}}"), problem);
        assertRefused(Example.provider(", 'reactions': {" + key + "}"), problem);
    }

    @ParameterizedTest
    @MethodSource("io.understudy.servlet.config.RefusalTest#sections")
    void in_other_sections(String section, String key, String problem) {
        assertRefused(Example.top(", '" + section + "': {" + key + "}"), problem);
    }

    @ParameterizedTest
    @MethodSource("io.understudy.servlet.config.RefusalTest#unforwardable")
    void headers_that_are_never_forwarded(String name) {
        assertRefused(Example.top(", 'headers': {'forward': ['x-good', '" + name + "']}"), "");
    }

    @ParameterizedTest
    @MethodSource("io.understudy.servlet.config.RefusalTest#clientKeys")
    void in_client_keys(String keys, String problem) {
        assertRefused(Example.top(", 'clientKeys': [" + keys + "]"), problem);
    }

    @ParameterizedTest
    @MethodSource("io.understudy.servlet.config.ProviderRefusalTest#keys")
    void in_a_provider(String key, String problem) {
        assertRefused(Example.provider(", " + key), problem);
    }

    @ParameterizedTest
    @MethodSource("io.understudy.servlet.config.ModelRefusalTest#candidates")
    void in_a_candidate(String candidates, String problem) {
        assertRefused(Example.candidates(candidates), problem);
    }

    private static void assertRefused(String json, String problem) {
        if (OUT_OF_ITS_SIGHT.stream().noneMatch(problem::contains)) {
            assertThat(PublishedSchema.problems(json.replace('\'', '"')))
                    .as(problem)
                    .isNotEmpty();
        }
    }

    @Test
    void the_keys_are_those_of_the_reader() {
        Map<String, Set<String>> read = new TreeMap<>();
        keysOf(ConfigFile.class, "", read);
        read.computeIfAbsent("", unseen -> new TreeSet<>()).add("$schema");
        Map<String, Set<String>> published = new TreeMap<>();
        keysOf(PublishedSchema.node(), "", published);

        assertThat(published).isEqualTo(read);
    }

    @Test
    void every_key_is_described() {
        List<String> bare = new ArrayList<>();
        undescribed(PublishedSchema.node(), "", bare);

        assertThat(bare).isEmpty();
    }

    @Test
    void every_key_stands_in_the_guide() throws IOException {
        String guide = Files.readString(Path.of("..", "docs", "configuration.md"));
        Map<String, Set<String>> published = new TreeMap<>();
        keysOf(PublishedSchema.node(), "", published);

        assertThat(published.values().stream().flatMap(Set::stream))
                .contains("maxConcurrent", "trustStore")
                .allSatisfy(key -> assertThat(guide).contains("`" + key + "`"));
    }

    private static void keysOf(Type type, String path, Map<String, Set<String>> keys) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            keysOf(arguments[arguments.length - 1], path + "[]", keys);
        } else if (type instanceof Class<?> record && record.isRecord()) {
            for (RecordComponent component : record.getRecordComponents()) {
                keys.computeIfAbsent(path, unseen -> new TreeSet<>()).add(component.getName());
                keysOf(component.getGenericType(), path + "." + component.getName(), keys);
            }
        }
    }

    private static void keysOf(JsonNode schema, String path, Map<String, Set<String>> keys) {
        JsonNode here = resolved(schema);
        if (here.path("additionalProperties").isBoolean()) {
            here.path("properties").fields().forEachRemaining(property -> {
                keys.computeIfAbsent(path, unseen -> new TreeSet<>()).add(property.getKey());
                keysOf(property.getValue(), path + "." + property.getKey(), keys);
            });
        }
        here.path("anyOf").forEach(alternative -> keysOf(alternative, path, keys));
        for (String below : List.of("items", "additionalProperties")) {
            if (here.path(below).isObject()) {
                keysOf(here.path(below), path + "[]", keys);
            }
        }
    }

    private static void undescribed(JsonNode schema, String path, List<String> bare) {
        schema.path("properties").fields().forEachRemaining(property -> {
            String name = path + "." + property.getKey();
            if (resolved(property.getValue()).path("description").asText().isEmpty()
                    && property.getValue().path("description").asText().isEmpty()) {
                bare.add(name);
            }
            undescribed(property.getValue(), name, bare);
        });
        schema.path("$defs").fields().forEachRemaining(def -> undescribed(def.getValue(), def.getKey(), bare));
    }

    private static JsonNode resolved(JsonNode schema) {
        String reference = schema.path("$ref").asText();
        return reference.isEmpty() ? schema : PublishedSchema.node().at(reference.substring(1));
    }
}
