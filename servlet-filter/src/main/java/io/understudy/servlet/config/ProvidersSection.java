package io.understudy.servlet.config;

import io.understudy.servlet.config.Surroundings.Opener;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Validates {@code providers}. */
final class ProvidersSection {
    static final KeyPath PATH = KeyPath.ROOT.key("providers");

    // Names go into headers as they are, the trace among them, and behind the @ of a pinned model.
    private static final Pattern NAME = Pattern.compile("[!-~&&[^@,;]]([ -~&&[^@,;]]*[!-~&&[^@,;]])?");

    private final Section section;
    private final TimeoutSettings timeouts;
    private final Opener files;
    private final Problems problems;

    ProvidersSection(TimeoutSettings timeouts, Opener files, Problems problems) {
        this.section = new Section(PATH, problems);
        this.timeouts = timeouts;
        this.files = files;
        this.problems = problems;
    }

    /** The providers that are right, in the order of the file. */
    Map<String, ProviderSettings> read(@Nullable Map<String, ConfigFile.@Nullable Provider> wire) {
        Map<String, ProviderSettings> providers = new LinkedHashMap<>();
        if (wire == null || wire.isEmpty()) {
            problems.missing(section.path(), "at least one provider");
            return providers;
        }
        wire.forEach((name, provider) -> {
            boolean named = hasName(name);
            if (provider != null) {
                new ProviderSection(section.section(name), provider, files, problems)
                        .read(name, timeouts)
                        .filter(settings -> named)
                        .ifPresent(settings -> providers.put(name, settings));
            }
        });
        return providers;
    }

    private boolean hasName(String name) {
        if (name.equals(Settings.CHAIN)) {
            problems.add(section.at(name), "a reserved name", "another name for a provider");
            return false;
        }
        if (!NAME.matcher(name).matches()) {
            problems.add(section.at(name), "an unusable name", "a name of printable ASCII characters without @ , ;");
            return false;
        }
        return true;
    }
}
