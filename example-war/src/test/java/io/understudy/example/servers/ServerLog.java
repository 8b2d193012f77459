package io.understudy.example.servers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Everything a server has written below its directory: its output and its log files. */
record ServerLog(Path base) {
    /** The one warning that is meant to be there: of the application whose own filter comes first, unaware. */
    static final Pattern SYNCHRONOUS = Pattern.compile("does not support asynchronous requests");

    /** What the checks lead to: the warning above, and the records of the streams that are cut. */
    private static final Pattern MEANT = Pattern.compile(SYNCHRONOUS.pattern() + "|\"outcome\":\"failed\"");

    private static final Pattern COLOUR = Pattern.compile("\u001B\\[[0-9;]*m");

    private static final Pattern TRACE = Pattern.compile("^\\s+at [\\w.$/@]+\\(", Pattern.MULTILINE);

    /** Levels in words, Liberty's letters for error, warning and standard error, stack traces, Tomcat's leak reports. */
    private static final Pattern ODD = Pattern.compile(
            String.join(
                    "|",
                    "\\b(WARN|WARNING|ERROR|SEVERE|FATAL)\\b",
                    "\\] \\p{XDigit}{8} \\S+ +[EWR] ",
                    TRACE.pattern(),
                    "^[\\w.$]*(Exception|Error)\\b",
                    "^SLF4J\\(W\\)",
                    "has failed to stop it|memory leak"),
            Pattern.MULTILINE);

    private static final int LAST_WORDS = 60;

    /** Records that somebody who operates the server would have to look into, but for those it always writes. */
    List<String> oddities(List<Pattern> ownWarnings) throws IOException {
        return LogRecords.of(text()).stream()
                .filter(ODD.asPredicate())
                .filter(MEANT.asPredicate().negate().or(TRACE.asPredicate()))
                .filter(odd ->
                        ownWarnings.stream().noneMatch(own -> own.matcher(odd).find()))
                .distinct()
                .toList();
    }

    /** How often a line is found in the file that has it most often; the same line may stand in several. */
    long count(Pattern line) throws IOException {
        long most = 0;
        for (Path file : files()) {
            most = Math.max(most, text(file).lines().filter(line.asPredicate()).count());
        }
        return most;
    }

    String lastWords() throws IOException {
        List<String> lines = text().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_WORDS), lines.size()));
    }

    private String text() throws IOException {
        StringBuilder text = new StringBuilder();
        for (Path file : files()) {
            text.append(text(file)).append('\n');
        }
        return text.toString();
    }

    private static String text(Path file) throws IOException {
        return COLOUR.matcher(Files.readString(file, StandardCharsets.ISO_8859_1))
                .replaceAll("");
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(base)) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .sorted()
                    .toList();
        }
    }
}
