package io.understudy.example;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The built WAR in a process of its own, as {@code java -jar} starts it, on a free port of the loopback address. Its
 * temporary folder is its own too, so that it can be seen what it leaves behind.
 */
final class RunningWar implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("Understudy is ready on (http://\\S+)/");
    private static final long PATIENCE_SECONDS = 60;

    private final Path folder;
    private final Process process;
    private final BufferedReader out;
    private String url = "";

    private RunningWar(List<String> arguments) throws IOException {
        folder = Files.createTempDirectory("running-war-");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Djava.io.tmpdir=" + Files.createDirectory(folder.resolve("tmp")));
        command.add("-jar");
        command.add(System.getProperty("understudy.war"));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().remove("UNDERSTUDY_CONFIG");
        process = builder.redirectError(folder.resolve("err").toFile()).start();
        out = process.inputReader();
    }

    /** What a process had to say when it ended. */
    record End(int status, String out, String err) {}

    /** One without a configuration. */
    static RunningWar demo() {
        return start("--port", "0");
    }

    /** One with this configuration. */
    static RunningWar configured(String json) {
        return checked(() -> {
            Path file = Files.createTempFile("understudy-", ".json");
            file.toFile().deleteOnExit();
            return start(
                    "--port", "0", "--config", Files.writeString(file, json).toString());
        });
    }

    /** One with exactly these arguments that can serve. */
    static RunningWar start(String... arguments) {
        return checked(() -> new RunningWar(List.of(arguments)).ready());
    }

    /** One with exactly these arguments that will end by itself. */
    static RunningWar failing(String... arguments) {
        return checked(() -> new RunningWar(List.of(arguments)));
    }

    /** The end of one with exactly these arguments. */
    static End endOf(String... arguments) {
        try (RunningWar war = failing(arguments)) {
            return war.end();
        }
    }

    private RunningWar ready() {
        String line = within(out::readLine, "the ready line");
        Matcher ready = READY.matcher(String.valueOf(line));
        if (!ready.matches()) {
            String err = err();
            close();
            throw new AssertionError("expected the ready line, but it was: " + line + "\n" + err);
        }
        url = ready.group(1);
        return this;
    }

    /** Where it serves, without a slash at the end. */
    String url() {
        return url;
    }

    ProcessHandle process() {
        return process.toHandle();
    }

    /** Asks it to end (SIGTERM). */
    void terminate() {
        // Process.destroy() would also close the streams that are still to be read.
        process.toHandle().destroy();
    }

    /** Waits for its end; {@code out} is what came after the ready line, if there was one. */
    End end() {
        String rest = within(() -> out.lines().collect(Collectors.joining("\n")), "the end");
        int status = within(process::waitFor, "the end");
        return new End(status, rest, err());
    }

    /** What it has written to standard error so far. */
    String err() {
        return checked(() -> Files.readString(folder.resolve("err")));
    }

    /** What is in its temporary folder now. */
    List<String> temporaryFiles() {
        return checked(() -> {
            try (Stream<Path> files = Files.list(folder.resolve("tmp"))) {
                return files.map(file -> file.getFileName().toString()).toList();
            }
        });
    }

    /** Ends it at once, if it runs, and removes all traces. */
    @Override
    public void close() {
        process.destroyForcibly();
        within(process::waitFor, "the end");
        checked(() -> {
            try (Stream<Path> tree = Files.walk(folder)) {
                tree.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(file -> file.delete());
            }
            return folder;
        });
    }

    private static <T> T within(Action<T> action, String what) {
        return CompletableFuture.supplyAsync(() -> checked(action))
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .exceptionally(e -> {
                    throw new AssertionError("waited in vain for " + what, e);
                })
                .join();
    }

    private static <T> T checked(Action<T> action) {
        try {
            return action.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** Something that may fail or be interrupted. */
    private interface Action<T> {
        T run() throws IOException, InterruptedException;
    }
}
