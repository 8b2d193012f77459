package io.understudy.servlet.config;

import io.understudy.core.candidate.Candidate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Validates {@code models}. */
final class ModelsSection {
    private final Section section;
    private final Set<String> known;
    private final Map<String, ProviderSettings> providers;
    private final Problems problems;
    private final Map<String, List<Candidate>> models = new LinkedHashMap<>();
    private final Map<String, Set<Candidate>> sameSpace = new LinkedHashMap<>();

    /** {@code known} are the names of all providers in the file, {@code providers} those that are right. */
    ModelsSection(Set<String> known, Map<String, ProviderSettings> providers, Problems problems) {
        this.section = new Section(KeyPath.ROOT.key("models"), problems);
        this.known = known;
        this.providers = providers;
        this.problems = problems;
    }

    void read(@Nullable Map<String, @Nullable List<ConfigFile.@Nullable Offer>> wire) {
        if (wire == null || wire.isEmpty()) {
            problems.missing(section.path(), "at least one model");
            return;
        }
        wire.forEach((name, offers) -> {
            checkName(name, wire.keySet());
            if (offers != null) {
                ModelSection model = new ModelSection(section.section(name), name, known, providers, problems);
                models.put(name, model.read(offers));
                sameSpace.put(name, model.sameSpace());
            }
        });
    }

    /** The candidates of every model, in the order of the file. */
    Map<String, List<Candidate>> models() {
        return models;
    }

    /** Whether the application behind the filter is a candidate of any of them. */
    boolean askApplication() {
        return models.values().stream().flatMap(List::stream).anyMatch(Settings::isApplication);
    }

    /** Of every model the candidates whose vectors are comparable with the others'. */
    Map<String, Set<Candidate>> sameSpace() {
        return sameSpace;
    }

    private void checkName(String name, Set<String> models) {
        if (!ModelSection.isName(name)) {
            problems.add(section.at(name), "an unusable name", "a name without control characters");
        }
        int at = name.lastIndexOf('@');
        if (at > 0 && known.contains(name.substring(at + 1)) && models.contains(name.substring(0, at))) {
            problems.warn(
                    section.at(name),
                    "callers who ask for this name get this model, not " + Printable.line(name.substring(0, at))
                            + " of that provider");
        }
    }
}
