package io.understudy.example.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The page that shows what was seen in which server: {@code docs/servers.md}, made of the results of the runs. */
record ServersPage(List<Row> rows) {
    private static final String HEAD =
            """
            # What was seen in which server

            Written by `mvn verify -Pservers`, with the latest run in each server. The same `understudy.war`, unmodified, and
            a foreign application with the filter in it. How to deploy: [deploy.md](deploy.md).

            """;

    private static final String CHECK = "check";
    private static final String NOT_RUN = "not run";

    /** Lines of a table before its first row. */
    private static final int TABLE_HEAD = 2;

    ServersPage {
        rows = List.copyOf(rows);
    }

    /** One check at one server. */
    record Row(String server, String version, String jdk, String date, String check, String result, String measured) {
        static Row parse(String line) {
            List<String> cells = split(line);
            return new Row(
                    cells.get(0), cells.get(1), cells.get(2), cells.get(3), cells.get(4), cells.get(5), cells.get(6));
        }

        String line() {
            return cells(List.of(server, version, jdk, date, check, result, measured));
        }

        String seen() {
            return measured.isEmpty() ? result : result + ", " + measured;
        }
    }

    /** What lies in files of results, those that are there. */
    static ServersPage of(List<Path> files) throws IOException {
        List<Row> rows = new ArrayList<>();
        for (Path file : files) {
            if (Files.exists(file)) {
                Files.readAllLines(file).stream()
                        .skip(TABLE_HEAD)
                        .map(Row::parse)
                        .forEach(rows::add);
            }
        }
        return new ServersPage(rows);
    }

    /** What a page says that was written before, nothing if there is none. */
    static ServersPage read(Path file) throws IOException {
        return Files.exists(file) ? parse(Files.readString(file)) : new ServersPage(List.of());
    }

    /** What a page says. */
    static ServersPage parse(String page) {
        List<List<String>> lines = page.lines()
                .filter(line -> line.startsWith("|"))
                .map(ServersPage::split)
                .toList();
        int matrix = IntStream.range(0, lines.size())
                .filter(i -> lines.get(i).get(0).equals(CHECK))
                .findFirst()
                .orElseThrow();
        List<Row> rows = new ArrayList<>();
        for (List<String> server : lines.subList(TABLE_HEAD, matrix)) {
            int column = lines.get(matrix).indexOf(server.get(0));
            lines.stream()
                    .skip(matrix + TABLE_HEAD)
                    .filter(line -> !line.get(column).equals(NOT_RUN))
                    .map(line -> row(server, line.get(0), line.get(column)))
                    .forEach(rows::add);
        }
        return new ServersPage(rows);
    }

    private static Row row(List<String> server, String check, String seen) {
        String[] result = seen.split(", ", 2);
        return new Row(
                server.get(0),
                server.get(1),
                server.get(2),
                server.get(3),
                check,
                result[0],
                result.length == 1 ? "" : result[1]);
    }

    /** This, and of the servers that are not on it what was seen before. */
    ServersPage over(ServersPage earlier) {
        Set<String> here = servers().collect(Collectors.toSet());
        return new ServersPage(
                Stream.concat(rows.stream(), earlier.rows.stream().filter(row -> !here.contains(row.server())))
                        .toList());
    }

    /** The page in Markdown. */
    String text() {
        return HEAD + overview() + "\n" + matrix();
    }

    private String overview() {
        return table(
                List.of("server", "version", "JDK", "date", "ok", "failed", "does not apply"),
                servers()
                        .map(server -> List.of(
                                server,
                                any(server).version(),
                                any(server).jdk(),
                                any(server).date(),
                                count(server, "ok"),
                                count(server, "**failed**"),
                                count(server, "does not apply"))));
    }

    private String matrix() {
        return table(
                Stream.concat(Stream.of(CHECK), servers()).toList(),
                rows.stream().map(Row::check).distinct().map(check -> Stream.concat(
                                Stream.of(check), servers().map(server -> seen(server, check)))
                        .toList()));
    }

    private Stream<String> servers() {
        return rows.stream().map(Row::server).distinct().sorted();
    }

    private Stream<Row> at(String server) {
        return rows.stream().filter(row -> row.server().equals(server));
    }

    private Row any(String server) {
        return at(server).findFirst().orElseThrow();
    }

    private String count(String server, String result) {
        return String.valueOf(
                at(server).filter(row -> row.result().equals(result)).count());
    }

    private String seen(String server, String check) {
        Optional<Row> row = at(server).filter(it -> it.check().equals(check)).findFirst();
        return row.map(Row::seen).orElse(NOT_RUN);
    }

    private static String table(List<String> head, Stream<List<String>> lines) {
        return Stream.concat(Stream.of(cells(head), "|---".repeat(head.size()) + "|"), lines.map(ServersPage::cells))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String cells(List<String> cells) {
        return cells.stream().collect(Collectors.joining(" | ", "| ", " |"));
    }

    private static List<String> split(String line) {
        String inner = line.substring(1, line.length() - 1);
        return Stream.of(inner.split("\\|", -1)).map(String::strip).toList();
    }
}
