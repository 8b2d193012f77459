package io.understudy.servlet.config;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import jakarta.servlet.FilterConfig;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a configuration as a whole: finds it, replaces its placeholders, checks everything, fills in the defaults. Each
 * reading looks at the file, at the files of secrets and at the environment anew. A failure reports all problems at
 * once. Thread-safe.
 */
public final class ConfigReader {
    private static final String SCHEMA = "$schema";

    private final Surroundings surroundings;

    ConfigReader(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** The reader of a filter in an application. */
    public static ConfigReader of(FilterConfig filter) {
        return new ConfigReader(Surroundings.of(filter));
    }

    /** The reader of a program by itself, which has system properties and environment only. */
    public static ConfigReader ofSystem() {
        return new ConfigReader(Surroundings.ofSystem());
    }

    /** An empty note of the files that a reading opens. */
    ReadFiles newFiles() {
        return new ReadFiles(surroundings.files());
    }

    /** The same reader, which opens these files. */
    ConfigReader reading(ReadFiles files) {
        return new ConfigReader(surroundings.withFiles(files));
    }

    /**
     * Where the configuration is: the first of system property {@code understudy.config}, environment variable {@code
     * UNDERSTUDY_CONFIG}, the filter's init-param {@code config}, context-param {@code understudy.config} that is set,
     * else {@code /WEB-INF/understudy.json} if it exists. What is set need not exist.
     */
    public Optional<ConfigLocation> locate() {
        return ConfigLocation.find(surroundings);
    }

    /**
     * The settings of the configuration that is located.
     *
     * @throws ConfigException if there is none, or it cannot be used
     */
    public Settings read() {
        return read(locate().orElseThrow(() -> ConfigLocation.nowhere(surroundings)));
    }

    /**
     * The settings that are at a location now.
     *
     * @throws ConfigException if they cannot be used
     */
    public Settings read(ConfigLocation location) {
        return read(location.text(), location.toString());
    }

    /**
     * The settings that a text stands for.
     *
     * @throws ConfigException if they cannot be used
     */
    public Settings read(String json) {
        return read(json, "a given text");
    }

    private Settings read(String text, String source) {
        Problems problems = new Problems();
        JsonProvider json = ConfigBinding.json();
        try {
            JsonObject file = withoutSchema(json, JsonText.parse(json, text, problems));
            Placeholders placeholders = new Placeholders(surroundings, problems);
            JsonObject fitting = new WireShape(json, placeholders, problems).fit(KeyPath.ROOT, file, ConfigFile.class);
            Settings settings = settings(ConfigBinding.bind(fitting), hasNoBudget(file), problems);
            if (problems.any()) {
                throw problems.in(source);
            }
            return settings;
        } catch (BrokenJson broken) {
            problems.add(broken);
            throw problems.in(source);
        }
    }

    private static JsonObject withoutSchema(JsonProvider json, JsonObject file) {
        return json.createObjectBuilder(file).remove(SCHEMA).build();
    }

    /** JSON-B does not tell a null from nothing. */
    private static boolean hasNoBudget(JsonObject file) {
        return file.get("health") instanceof JsonObject health && JsonValue.NULL.equals(health.get("retryBudget"));
    }

    private Settings settings(ConfigFile file, boolean withoutBudget, Problems problems) {
        TimeoutSettings timeouts = TimeoutsSection.read(file.timeouts(), problems);
        Map<String, ProviderSettings> providers =
                new ProvidersSection(timeouts, surroundings.files(), problems).read(file.providers());
        ModelsSection models = new ModelsSection(names(file.providers()), providers, problems);
        models.read(file.models());
        Section top = new Section(KeyPath.ROOT, problems);
        return new Settings(
                providers,
                models.models(),
                models.sameSpace(),
                new FailoverSection(file.failover(), problems).read(file.providers(), models.askApplication()),
                timeouts,
                HealthSection.read(file.health(), withoutBudget, problems),
                StreamingSection.read(file.streaming(), problems),
                new LimitsSection(surroundings.maxHeap(), problems).read(file.limits()),
                HeadersSection.read(file.headers(), problems),
                top.word("responseModel", file.responseModel(), ResponseModel.SERVED),
                new ClientKeysSection(names(file.models()), problems).read(file.clientKeys()),
                adminKey(file.adminKey(), problems),
                Boolean.TRUE.equals(file.adminOpenOnLoopback()),
                problems.warnings());
    }

    private static Set<String> names(@Nullable Map<String, ?> entries) {
        return entries == null ? Set.of() : entries.keySet();
    }

    /** An empty key is none: {@code "${UNDERSTUDY_ADMIN_KEY:-}"} switches it off where the variable is not set. */
    private static @Nullable Secret adminKey(@Nullable Secret key, Problems problems) {
        if (key == null || key.isEmpty()) {
            return null;
        }
        if (!HeaderText.isCredential(key.value())) {
            problems.add(KeyPath.ROOT.key("adminKey"), HeaderText.CREDENTIAL_FORM);
        }
        return key;
    }
}
