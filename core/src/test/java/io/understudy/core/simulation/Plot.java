package io.understudy.core.simulation;

import static java.lang.String.format;
import static java.util.Locale.ROOT;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A drawing of values over time, as SVG that can be read on light and on dark ground.
 *
 * @param across what the axis of time shows
 * @param upward what the other axis shows
 * @param labels its labels, at equal distances from end to end
 */
record Plot(String title, String across, String upward, List<String> labels, Plot.Scale scale) {
    private static final int LEFT = 84;
    private static final int RIGHT = 700;
    private static final int TOP = 64;
    private static final int BOTTOM = 310;

    /** Colours and dashes, so that lines that cover each other can be told apart. */
    private static final String STYLE =
            """
            <style>
            text { font: 12px system-ui, sans-serif; fill: #6e7781; }
            .title { font-weight: 600; }
            .grid { stroke: #6e7781; stroke-opacity: 0.3; stroke-width: 1; }
            path { fill: none; stroke-width: 2; stroke-linejoin: round; }
            .line0 { stroke: #d1242f; }
            .line1 { stroke: #bf8700; stroke-dasharray: 6 3; }
            .line2 { stroke: #218bff; }
            .line3 { stroke: #2da44e; stroke-dasharray: 6 3; }
            @media (prefers-color-scheme: dark) { text { fill: #9ea7b3; } }
            </style>""";

    /** How values become heights. */
    enum Scale {
        LINEAR {
            @Override
            double height(int value, int most) {
                return (double) value / most;
            }

            @Override
            List<Integer> labels() {
                return List.of(0, 10_000, 20_000, 30_000, 40_000);
            }
        },
        /** Tenfold from one label to the next; what is less than 1 is drawn as 1. */
        LOGARITHMIC {
            @Override
            double height(int value, int most) {
                return StrictMath.log10(Math.max(1, value)) / StrictMath.log10(most);
            }

            @Override
            List<Integer> labels() {
                return List.of(1, 10, 100, 1_000, 10_000, 100_000);
            }
        };

        /** The height of a value, as a share of that of the greatest one. */
        abstract double height(int value, int most);

        abstract List<Integer> labels();

        double y(int value) {
            return BOTTOM - (BOTTOM - TOP) * height(value, labels().get(labels().size() - 1));
        }

        String grid() {
            return labels().stream().map(this::gridLine).collect(Collectors.joining("\n"));
        }

        private String gridLine(int value) {
            return format(ROOT, "<path class=\"grid\" d=\"M%d %.1fH%d\"/>", LEFT, y(value), RIGHT)
                    + format(
                            ROOT,
                            "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%,d</text>",
                            LEFT - 6,
                            y(value) + 4,
                            value);
        }
    }

    /** The values of one run, at equal distances from the left end on. */
    record Line(String name, List<Integer> values) {}

    String svg(List<Line> lines) {
        String drawn = IntStream.range(0, lines.size())
                .mapToObj(i ->
                        legend(i, lines.get(i).name()) + path(i, lines.get(i).values()))
                .collect(Collectors.joining("\n"));
        return format(
                ROOT,
                """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 360" role="img" aria-label="%s">
                %s
                <text class="title" x="84" y="20">%s</text>
                %s
                %s
                %s
                <text x="392" y="350" text-anchor="middle">%s</text>
                <text transform="translate(14 187) rotate(-90)" text-anchor="middle">%s</text>
                </svg>
                """,
                title,
                STYLE,
                title,
                grid(),
                scale.grid(),
                drawn,
                across,
                upward);
    }

    private String grid() {
        return IntStream.range(0, labels.size()).mapToObj(this::gridLine).collect(Collectors.joining("\n"));
    }

    private String gridLine(int i) {
        double x = x(i, labels.size() - 1);
        return format(ROOT, "<path class=\"grid\" d=\"M%.1f %dV%d\"/>", x, TOP, BOTTOM)
                + format(
                        ROOT,
                        "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>",
                        x,
                        BOTTOM + 18,
                        labels.get(i));
    }

    private static double x(int moment, int moments) {
        return LEFT + (double) (RIGHT - LEFT) * moment / moments;
    }

    private static String legend(int i, String name) {
        int x = LEFT + i * 160;
        return format(ROOT, "<path class=\"line%d\" d=\"M%d 40h24\"/>", i, x)
                + format(ROOT, "<text x=\"%d\" y=\"44\">%s</text>", x + 30, name);
    }

    private String path(int i, List<Integer> values) {
        String points = IntStream.range(0, values.size())
                .mapToObj(moment -> format(ROOT, "%.1f %.1f", x(moment, values.size()), scale.y(values.get(moment))))
                .collect(Collectors.joining("L"));
        return format(ROOT, "<path class=\"line%d\" d=\"M%s\"/>", i, points);
    }
}
