package io.understudy.core.simulation;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A table of the page: a row for each policy. */
final class Table {
    private static final String HEAD =
            """
            | policy | success | p50 | p99 | calls per request | peak load | aftermath | return |
            |---|--:|--:|--:|--:|--:|--:|--:|
            """;

    private Table() {}

    static String of(Map<Policy, Measurement> runs) {
        return runs.entrySet().stream()
                .map(run -> row(run.getKey().name(), run.getValue()))
                .collect(Collectors.joining("\n", HEAD, ""));
    }

    private static String row(String name, Measurement run) {
        return String.format(
                Locale.ROOT,
                "| %s | %.2f %% | %s | %s | %.3f | %,d/s | %s | %s |",
                name,
                100 * run.successRate(),
                seconds(run.percentile(50)),
                seconds(run.percentile(99)),
                run.callsPerRequest(),
                run.peakLoad(),
                seconds(run.longestAftermath()),
                seconds(run.longestReturn()));
    }

    private static String seconds(Duration duration) {
        return duration.isZero() ? "–" : String.format(Locale.ROOT, "%.2f s", duration.toMillis() / 1_000.0);
    }
}
