package io.understudy.servlet.config;

import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a configuration may ask of the world around it. Every look-up is a function, so that tests can script them.
 *
 * @param environment environment variables
 * @param properties system properties
 * @param initParams init-params of the filter
 * @param contextParams context-params of the application
 * @param realPaths the files in which resources of the application lie, if they do
 * @param resources resources of the application, by a path such as {@code /WEB-INF/understudy.json}
 * @param classpath resources of the class path, by a name without leading slash
 * @param files files, by path
 * @param maxHeap bytes of the largest heap, what {@code 25%} is taken of
 */
record Surroundings(
        Lookup environment,
        Lookup properties,
        Lookup initParams,
        Lookup contextParams,
        Lookup realPaths,
        Opener resources,
        Opener classpath,
        Opener files,
        long maxHeap) {

    /** Finds a setting by its name. */
    @FunctionalInterface
    interface Lookup {
        /** What is set under {@code name}; null if nothing is. */
        @Nullable
        String find(String name);
    }

    /** Opens something readable by its name. */
    @FunctionalInterface
    interface Opener {
        /** The content; null if there is no such thing. */
        @Nullable
        InputStream open(String name) throws IOException;
    }

    /** The world of a program by itself: no filter, no application. */
    static Surroundings ofSystem() {
        return new Surroundings(
                System::getenv,
                System::getProperty,
                name -> null,
                name -> null,
                name -> null,
                name -> null,
                name -> Surroundings.class.getClassLoader().getResourceAsStream(name),
                Surroundings::file,
                Runtime.getRuntime().maxMemory());
    }

    /** The world of a filter in an application. */
    static Surroundings of(FilterConfig filter) {
        ServletContext application = filter.getServletContext();
        Surroundings system = ofSystem();
        return new Surroundings(
                system.environment,
                system.properties,
                filter::getInitParameter,
                application::getInitParameter,
                application::getRealPath,
                application::getResourceAsStream,
                name -> application.getClassLoader().getResourceAsStream(name),
                system.files,
                system.maxHeap);
    }

    /** The same world but for its files. */
    Surroundings withFiles(Opener others) {
        return new Surroundings(
                environment, properties, initParams, contextParams, realPaths, resources, classpath, others, maxHeap);
    }

    private static @Nullable InputStream file(String name) throws IOException {
        Path path = Path.of(name);
        if (Files.isDirectory(path)) {
            throw new FileNotFoundException("a directory");
        }
        return Files.exists(path) ? Files.newInputStream(path) : null;
    }
}
