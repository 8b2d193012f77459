package io.understudy.servlet.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reader as the filter uses it, and in a thread as application servers have them. */
class ConfigReaderTest {
    private static final String VALID = Example.MINIMAL.replace('\'', '"');

    private final Path application;

    ConfigReaderTest(@TempDir Path application) {
        this.application = application;
    }

    @Test
    void a_filter_reads_what_its_init_param_names() throws IOException {
        Path file = Files.writeString(application.resolve("own.json"), VALID);

        assertThat(ConfigReader.of(filter(Map.of("config", file.toString()), Map.of()))
                        .read()
                        .models())
                .containsOnlyKeys("m");
    }

    @Test
    void a_filter_reads_what_a_context_param_names() throws IOException {
        Path file = Files.writeString(application.resolve("own.json"), VALID);

        assertThat(ConfigReader.of(filter(Map.of(), Map.of("understudy.config", "file:" + file)))
                        .read()
                        .models())
                .containsOnlyKeys("m");
    }

    @Test
    void a_filter_reads_the_default_place() throws IOException {
        Files.createDirectory(application.resolve("WEB-INF"));
        Files.writeString(application.resolve("WEB-INF/understudy.json"), VALID);
        ConfigReader reader = ConfigReader.of(filter(Map.of(), Map.of()));

        assertThat(reader.locate()).get().hasToString("/WEB-INF/understudy.json (the default place)");
        assertThat(reader.read().models()).containsOnlyKeys("m");
    }

    @Test
    void a_filter_reads_the_class_path_of_its_application() {
        ConfigReader reader = ConfigReader.of(filter(Map.of("config", "classpath:config/documented.json"), Map.of()));

        assertThatThrownBy(reader::read)
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(
                        "The configuration in classpath:config/documented.json (init-param config of the filter)"
                                + " cannot be used:\nproviders.openai.apiKey: ${OPENAI_API_KEY} is not set");
    }

    @Test
    void a_filter_without_a_configuration_is_told_where_it_was_searched() {
        ConfigReader reader = ConfigReader.of(filter(Map.of(), Map.of()));

        assertThat(reader.locate()).isEmpty();
        assertThatThrownBy(reader::read).isInstanceOf(ConfigException.class).hasMessageContaining("WEB-INF");
    }

    @Test
    void a_program_by_itself_reads_given_texts() {
        assertThat(ConfigReader.ofSystem().read(VALID).models()).containsOnlyKeys("m");
        assertThat(ConfigReader.ofSystem().locate()).isEmpty();
    }

    @Test
    void the_context_class_loader_does_not_matter() {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
        try {
            assertThat(ConfigReader.ofSystem().read(VALID).models()).containsOnlyKeys("m");
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private FilterConfig filter(Map<String, String> initParams, Map<String, String> contextParams) {
        ServletContextHandler context = new ServletContextHandler();
        context.setBaseResourceAsPath(application);
        context.setClassLoader(ConfigReaderTest.class.getClassLoader());
        contextParams.forEach(context::setInitParameter);
        return new ScriptedFilter(context.getServletContext(), initParams);
    }

    private record ScriptedFilter(ServletContext application, Map<String, String> initParams) implements FilterConfig {
        @Override
        public String getFilterName() {
            return "understudy";
        }

        @Override
        public ServletContext getServletContext() {
            return application;
        }

        @Override
        public @Nullable String getInitParameter(String name) {
            return initParams.get(name);
        }

        @Override
        public Enumeration<String> getInitParameterNames() {
            return Collections.enumeration(initParams.keySet());
        }
    }
}
