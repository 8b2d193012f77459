package io.understudy.servlet.config;

import io.understudy.core.candidate.Candidate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Validates one model: its candidates one by one, and what only all of them together can get wrong. */
final class ModelSection {
    /** Below every priority that a file may give. */
    private static final int BEFORE_ALL = -1;

    private final Section section;
    private final String name;
    private final Set<String> known;
    private final Map<String, ProviderSettings> providers;
    private final Problems problems;
    private final Map<List<String>, Integer> indices = new HashMap<>();
    private final Set<Candidate> sameSpace = new LinkedHashSet<>();

    ModelSection(
            Section section,
            String name,
            Set<String> known,
            Map<String, ProviderSettings> providers,
            Problems problems) {
        this.section = section;
        this.name = name;
        this.known = known;
        this.providers = providers;
        this.problems = problems;
    }

    /** Whether it can name a model, here or at a provider. */
    static boolean isName(String name) {
        return !name.isBlank() && name.chars().noneMatch(Character::isISOControl);
    }

    /** The candidates that are right, in the order of the file. */
    List<Candidate> read(List<ConfigFile.@Nullable Offer> wire) {
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < wire.size(); i++) {
            ConfigFile.Offer offer = wire.get(i);
            if (offer != null) {
                candidate(offer, i).ifPresent(candidates::add);
            }
        }
        if (wire.isEmpty()) {
            problems.add(section.path(), "an empty list", "at least one candidate");
        } else if (candidates.size() == wire.size()) {
            checkTogether(candidates);
        }
        return candidates;
    }

    /** The candidates that were marked so. */
    Set<Candidate> sameSpace() {
        return sameSpace;
    }

    private Optional<Candidate> candidate(ConfigFile.Offer wire, int index) {
        Section at = new Section(section.path().index(index), problems);
        Optional<Candidate> candidate =
                Settings.CHAIN.equals(wire.provider()) ? application(at, wire) : offer(at, wire);
        candidate.ifPresent(valid -> checkNew(at, List.of(valid.provider(), valid.model()), index));
        candidate.filter(valid -> Boolean.TRUE.equals(wire.sameSpace())).ifPresent(sameSpace::add);
        return candidate;
    }

    /** The application behind the filter: always asked first, and for the model that the caller asks for. */
    private Optional<Candidate> application(Section at, ConfigFile.Offer wire) {
        String expected = "not given: the application is always asked first, with the caller's own model";
        Map<String, Optional<?>> pointless = new LinkedHashMap<>();
        pointless.put("model", Optional.ofNullable(wire.model()));
        pointless.put("weight", Optional.ofNullable(wire.weight()));
        pointless.put("priority", Optional.ofNullable(wire.priority()));
        pointless.put("sameSpace", Optional.ofNullable(wire.sameSpace()));
        pointless.forEach((key, given) -> given.ifPresent(value -> problems.add(at.at(key), expected)));
        boolean enabled = !Boolean.FALSE.equals(wire.enabled());
        return Optional.of(name)
                .filter(ModelSection::isName)
                .map(model ->
                        new Candidate(Settings.CHAIN, model, 1, BEFORE_ALL, enabled, Set.copyOf(Settings.DIALECTS)));
    }

    private Optional<Candidate> offer(Section at, ConfigFile.Offer wire) {
        double weight = at.number("weight", wire.weight(), 1, 0);
        int priority = at.whole("priority", wire.priority(), 0, 0, Section.MANY);
        Optional<String> model = model(at, wire.model());
        Optional<ProviderSettings> provider = provider(at, wire.provider());
        return model.flatMap(id -> provider.map(offering -> {
            boolean enabled = offering.enabled() && !Boolean.FALSE.equals(wire.enabled());
            return new Candidate(offering.name(), id, weight, priority, enabled, offering.dialects());
        }));
    }

    /** The provider's id of the model, which is the public name unless it is given. */
    private Optional<String> model(Section at, @Nullable String given) {
        if (given != null && !isName(given)) {
            problems.add(at.at("model"), "the provider's id of the model");
        }
        return Optional.of(given == null ? name : given).filter(ModelSection::isName);
    }

    private Optional<ProviderSettings> provider(Section at, @Nullable String provider) {
        KeyPath path = at.at("provider");
        if (provider == null) {
            problems.missing(path, "the name of a provider");
        } else if (!known.contains(provider)) {
            problems.unknown(path, provider, known);
        }
        return Optional.ofNullable(provider).map(providers::get);
    }

    private void checkNew(Section at, List<String> offer, int index) {
        Integer first = indices.putIfAbsent(offer, index);
        if (first != null) {
            problems.add(at.path(), "the same provider and model as [" + first + "]", "each of them once");
        }
    }

    private void checkTogether(List<Candidate> candidates) {
        List<Candidate> drawn = candidates.stream()
                .filter(candidate -> !Settings.isApplication(candidate))
                .toList();
        double sum = drawn.stream().mapToDouble(Candidate::weight).sum();
        if (sum == 0 && !drawn.isEmpty()) {
            problems.add(section.path(), "only weights of 0", "at least one weight above 0");
        } else if (Double.isInfinite(sum)) {
            problems.add(section.path(), "weights without a finite sum", "smaller weights");
        }
        if (candidates.stream().noneMatch(Candidate::enabled)) {
            problems.warn(section.path(), "none of its candidates is enabled");
        }
    }
}
