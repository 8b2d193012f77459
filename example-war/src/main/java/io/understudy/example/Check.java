package io.understudy.example;

import io.understudy.core.candidate.Candidate;
import io.understudy.core.candidate.WeightedOrder;
import io.understudy.servlet.config.ConfigReader;
import io.understudy.servlet.config.ProviderSettings;
import io.understudy.servlet.config.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a configuration means, in words: the plan of every model, with the probability of each candidate to be asked
 * first of its priority, which is its share of the weights. Nothing is started and nobody called.
 */
public final class Check {
    private final Settings settings;
    private final StringBuilder text = new StringBuilder();

    private Check(Settings settings) {
        this.settings = settings;
    }

    /**
     * The meaning of the configuration that is found as {@code java -jar} finds it.
     *
     * @throws io.understudy.servlet.config.ConfigException with everything that is wrong with it
     */
    public static String report() {
        ConfigReader reader = ConfigReader.ofSystem();
        Settings settings = reader.read();
        return reader.locate()
                        .map(place -> "The configuration in " + place + " is valid.\n")
                        .orElse("")
                + report(settings);
    }

    static String report(Settings settings) {
        return new Check(settings).write();
    }

    private String write() {
        settings.models().forEach(this::model);
        List<String> warnings = settings.warnings();
        if (!warnings.isEmpty()) {
            line("\nWarnings");
            warnings.forEach(warning -> line("  " + warning));
        }
        return text.toString();
    }

    private void model(String name, List<Candidate> offers) {
        line("\n" + name);
        byPlan(name).forEach((plan, dialects) -> {
            line("  " + String.join(", ", dialects));
            byPriority(plan).forEach(this::group);
        });
        offers.stream().filter(offer -> !offer.enabled()).forEach(offer -> line("  disabled: " + title(offer)));
    }

    /** The dialects that are served alike, by the candidates that serve them. */
    private Map<List<Candidate>, List<String>> byPlan(String name) {
        Map<List<Candidate>, List<String>> plans = new LinkedHashMap<>();
        for (String dialect : Settings.DIALECTS) {
            List<Candidate> plan = settings.serving(name, dialect);
            if (!plan.isEmpty()) {
                plans.computeIfAbsent(plan, unseen -> new ArrayList<>()).add(dialect);
            }
        }
        return plans;
    }

    private static Map<Integer, List<Candidate>> byPriority(List<Candidate> plan) {
        return plan.stream().collect(Collectors.groupingBy(Candidate::priority, TreeMap::new, Collectors.toList()));
    }

    private void group(int priority, List<Candidate> group) {
        line("    priority " + priority);
        for (Candidate candidate : group) {
            double percent = 100 * WeightedOrder.chanceFirst(candidate, group);
            line(String.format(Locale.ROOT, "      %7.3f %%  %s", percent, title(candidate)));
        }
    }

    private String title(Candidate candidate) {
        ProviderSettings provider = settings.providers().get(candidate.provider());
        String place = provider == null ? "" : " at " + provider.baseUrl();
        return candidate.provider() + ": " + candidate.model() + place;
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
