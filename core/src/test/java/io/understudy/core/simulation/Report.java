package io.understudy.core.simulation;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The page and its drawings, by file name: the written part with the tables put in. */
final class Report {
    private static final String ACROSS = "seconds since the provider is back";

    private Report() {}

    static Map<String, String> files(String template) {
        Map<String, String> files = new LinkedHashMap<>();
        String page = template;
        for (Scenario scenario : Scenario.ofOneGateway()) {
            page = filled(page, scenario, runs(scenario, Policy.compared()));
        }
        Map<Policy, Measurement> herd = runs(Scenario.herd(), Policy.ofHerd());
        files.put("simulation.md", filled(page, Scenario.herd(), herd));
        files.put("simulation-herd-calls.svg", calls(herd));
        files.put("simulation-herd-under-way.svg", underWay(herd));
        return files;
    }

    private static Map<Policy, Measurement> runs(Scenario scenario, List<Policy> policies) {
        Map<Policy, Measurement> runs = new LinkedHashMap<>();
        policies.forEach(policy -> runs.put(policy, Simulation.run(scenario, policy)));
        return runs;
    }

    private static String filled(String page, Scenario scenario, Map<Policy, Measurement> runs) {
        return page.replace("{{" + scenario.name() + "}}", Table.of(runs));
    }

    private static String calls(Map<Policy, Measurement> herd) {
        Duration from = Scenario.herd().firstEnd().minusMillis(100);
        List<String> labels = List.of("−0.1", "0", "0.1", "0.2", "0.3", "0.4", "0.5", "0.6", "0.7", "0.8", "0.9");
        return new Plot("Calls that come to the provider", ACROSS, "calls per 20 ms", labels, Plot.Scale.LOGARITHMIC)
                .svg(lines(herd, run -> run.begun(from, 50)));
    }

    private static String underWay(Map<Policy, Measurement> herd) {
        Duration from = Scenario.herd().firstEnd().minusSeconds(10);
        List<String> labels = List.of("−10", "0", "10", "20", "30", "40");
        return new Plot("Calls under way at the provider", ACROSS, "calls", labels, Plot.Scale.LINEAR)
                .svg(lines(herd, run -> run.underWay(from, 50)));
    }

    private static List<Plot.Line> lines(Map<Policy, Measurement> herd, Function<Measurement, List<Integer>> values) {
        return herd.entrySet().stream()
                .filter(run -> Policy.ofPlots().contains(run.getKey()))
                .map(run -> new Plot.Line(run.getKey().name(), values.apply(run.getValue())))
                .toList();
    }
}
