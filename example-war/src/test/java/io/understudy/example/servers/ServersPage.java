package io.understudy.example.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The page that shows what was seen in which server: {@code docs/servers.md}, made of the results of the runs. */
record ServersPage(List<Row> rows) {
    private static final String HEAD =
            """
            # What was seen in which server

            Written by `mvn verify -Pservers -Dservers.page=docs/servers.md` from the latest run in each server. The same
            `understudy.war`, unmodified, and a foreign application with the filter in it. How to deploy:
            [deploy.md](deploy.md).

            """;

    ServersPage {
        rows = List.copyOf(rows);
    }

    /** One check at one server. */
    record Row(String server, String version, String jdk, String date, String check, String result, String measured) {
        static Row parse(String line) {
            String[] cells = line.split("\\|", -1);
            return new Row(
                    cells[1].strip(),
                    cells[2].strip(),
                    cells[3].strip(),
                    cells[4].strip(),
                    cells[5].strip(),
                    cells[6].strip(),
                    cells[7].strip());
        }

        String line() {
            return cells(List.of(server, version, jdk, date, check, result, measured));
        }

        String seen() {
            return measured.isEmpty() ? result : result + ", " + measured;
        }
    }

    /** Everything that lies in the servers' directories. */
    static ServersPage of(Path sites) throws IOException {
        List<Row> rows = new ArrayList<>();
        try (Stream<Path> servers = Files.list(sites)) {
            for (Path results : servers.map(server -> server.resolve("results.md"))
                    .filter(Files::exists)
                    .sorted()
                    .toList()) {
                Files.readAllLines(results).stream().skip(2).map(Row::parse).forEach(rows::add);
            }
        }
        return new ServersPage(rows);
    }

    void write(Path file) throws IOException {
        Files.writeString(file, HEAD + overview() + "\n" + matrix());
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
                Stream.concat(Stream.of("check"), servers()).toList(),
                rows.stream().map(Row::check).distinct().map(check -> Stream.concat(
                                Stream.of(check), servers().map(server -> seen(server, check)))
                        .toList()));
    }

    private Stream<String> servers() {
        return rows.stream().map(Row::server).distinct();
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
        return row.map(Row::seen).orElse("not run");
    }

    private static String table(List<String> head, Stream<List<String>> lines) {
        return Stream.concat(Stream.of(cells(head), "|---".repeat(head.size()) + "|"), lines.map(ServersPage::cells))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String cells(List<String> cells) {
        return cells.stream().collect(Collectors.joining(" | ", "| ", " |"));
    }
}
