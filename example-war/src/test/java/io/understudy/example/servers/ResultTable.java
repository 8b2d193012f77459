package io.understudy.example.servers;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/** The table of what was seen at one server: a row for each check, with what the check has measured. */
final class ResultTable implements TestWatcher {
    private final AppServer server;
    private final List<String> lines = new ArrayList<>(
            List.of("| server | version | JDK | date | check | result | measured |", "|---|---|---|---|---|---|---|"));
    private String measured = "";

    ResultTable(AppServer server) {
        this.server = server;
    }

    /** A figure for the row of the check that is running. */
    void measured(String figure) {
        measured = figure;
    }

    /** A row that is no check's. */
    void add(String check, String result) {
        String date = LocalDate.now(ZoneOffset.UTC).toString();
        String jdk = server.jdk().map(Jdk::version).map(String::valueOf).orElse("none");
        lines.add(new ServersPage.Row(server.name(), server.version(), jdk, date, check, result, measured).line());
        measured = "";
    }

    /** Writes it into a file, and prints it. */
    void show(Path file) throws IOException {
        Files.write(file, lines);
        System.out.println(String.join("\n", lines));
    }

    static String millisSince(long startNanos) {
        return millis(Duration.ofNanos(System.nanoTime() - startNanos));
    }

    static String millis(Duration time) {
        return String.format(Locale.ROOT, "%.1f ms", time.toNanos() / 1e6);
    }

    @Override
    public void testSuccessful(ExtensionContext context) {
        add(name(context), "ok");
    }

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        add(name(context), "**failed**");
    }

    @Override
    public void testAborted(ExtensionContext context, Throwable cause) {
        add(name(context), "does not apply");
    }

    private static String name(ExtensionContext context) {
        Method method = context.getRequiredTestMethod();
        String check = method.getName().replace('_', ' ');
        return method.getParameterCount() == 0 ? check : check + ": " + context.getDisplayName();
    }
}
