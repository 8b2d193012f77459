package io.understudy.servlet.config;

import io.understudy.servlet.config.Surroundings.Lookup;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The place that a configuration is read from, and who named it.
 *
 * <table>
 * <caption>Forms of a place, told apart by their beginning</caption>
 * <tr><th>written</th><th>is</th></tr>
 * <tr><td>{@code classpath:conf/understudy.json}</td><td>a resource of the class path</td></tr>
 * <tr><td>{@code /WEB-INF/understudy.json}</td><td>a resource of the application</td></tr>
 * <tr><td>{@code file:/etc/understudy.json}</td><td>a file, by its URL</td></tr>
 * <tr><td>{@code /etc/understudy.json}</td><td>a file, by its path; a relative one from the working directory</td></tr>
 * </table>
 */
public final class ConfigLocation {
    private static final String DEFAULT_PLACE = "/WEB-INF/understudy.json";
    private static final String APPLICATION = "/WEB-INF/";
    private static final String CLASSPATH = "classpath:";
    private static final String FILE = "file:";
    private static final int MAX_BYTES = 4 << 20;

    private final String place;
    private final String namedBy;
    private final Surroundings surroundings;

    private ConfigLocation(String place, String namedBy, Surroundings surroundings) {
        this.place = place;
        this.namedBy = namedBy;
        this.surroundings = surroundings;
    }

    /** The first place that is named, else the default one if there is something; empty if there is neither. */
    static Optional<ConfigLocation> find(Surroundings surroundings) {
        for (Map.Entry<String, Optional<String>> name : names(surroundings).entrySet()) {
            if (name.getValue().isPresent()) {
                return Optional.of(new ConfigLocation(name.getValue().get(), name.getKey(), surroundings));
            }
        }
        return Optional.of(new ConfigLocation(DEFAULT_PLACE, "the default place", surroundings))
                .filter(ConfigLocation::exists);
    }

    /** The failure that lists the places that were searched in vain. */
    static ConfigException nowhere(Surroundings surroundings) {
        List<String> searched = new ArrayList<>();
        names(surroundings).keySet().forEach(name -> searched.add(name + ": not set"));
        searched.add(DEFAULT_PLACE + ": missing");
        return new ConfigException("No configuration was found in any of these places:", searched);
    }

    private static Map<String, Optional<String>> names(Surroundings surroundings) {
        Map<String, Optional<String>> names = new LinkedHashMap<>();
        names.put("system property understudy.config", named(surroundings.properties(), "understudy.config"));
        names.put("environment variable UNDERSTUDY_CONFIG", named(surroundings.environment(), "UNDERSTUDY_CONFIG"));
        names.put("init-param config of the filter", named(surroundings.initParams(), "config"));
        names.put("context-param understudy.config", named(surroundings.contextParams(), "understudy.config"));
        return names;
    }

    /** A name that is set to nothing counts as not set: environments of containers are often written so. */
    private static Optional<String> named(Lookup names, String name) {
        return Optional.ofNullable(names.find(name)).map(String::strip).filter(place -> !place.isEmpty());
    }

    private boolean exists() {
        try (InputStream content = open()) {
            return content != null;
        } catch (IOException unreadable) {
            // There is something; reading it will say what is wrong with it.
            return true;
        }
    }

    /**
     * The text that is there now.
     *
     * @throws ConfigException if there is nothing, or nothing readable
     */
    String text() {
        try {
            InputStream content = open();
            if (content == null) {
                throw unreadable("there is nothing");
            }
            return Utf8Text.read(content, MAX_BYTES);
        } catch (AccessDeniedException denied) {
            throw unreadable("no permission to read it");
        } catch (IOException | IllegalArgumentException failure) {
            throw unreadable("not readable, " + failure.getMessage());
        }
    }

    private ConfigException unreadable(String found) {
        return new ConfigException(
                "No configuration could be read:",
                List.of(this + ": " + found + " (expected: a readable file in UTF-8 of at most 4 MiB)"));
    }

    private @Nullable InputStream open() throws IOException {
        if (place.startsWith(CLASSPATH)) {
            return surroundings
                    .classpath()
                    .open(place.substring(CLASSPATH.length()).replaceFirst("^/+", ""));
        }
        return place.startsWith(APPLICATION) ? resource() : surroundings.files().open(path());
    }

    /** From the file that it lies in, where there is one: only files are seen to change. */
    private @Nullable InputStream resource() throws IOException {
        String file = surroundings.realPaths().find(place);
        InputStream content = file == null ? null : surroundings.files().open(file);
        return content == null ? surroundings.resources().open(place) : content;
    }

    private String path() {
        if (!place.startsWith(FILE)) {
            return place;
        }
        URI url = URI.create(place);
        return url.isOpaque() ? url.getSchemeSpecificPart() : Path.of(url).toString();
    }

    /** The place as it was written, and who named it. */
    @Override
    public String toString() {
        return Printable.line(place) + " (" + namedBy + ")";
    }
}
