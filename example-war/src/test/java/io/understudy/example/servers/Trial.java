package io.understudy.example.servers;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/** One server's turn: the server with everything deployed, the providers behind it, and the table of what is seen. */
final class Trial implements AutoCloseable {
    static final Path WAR = Path.of(System.getProperty("understudy.war", "target/understudy.war"))
            .toAbsolutePath();
    static final Path SITES = Path.of("target", "servers").toAbsolutePath();

    private static final String CONFIGURATION = "understudy.json";

    private final AppServer kind;
    private final Path base;
    private final Providers providers = Providers.start();
    private final ResultTable results;
    private @Nullable RunningServer server;

    Trial(AppServer kind) {
        this.kind = kind;
        this.base = SITES.resolve(kind.name());
        this.results = new ResultTable(kind);
    }

    void start() throws IOException, InterruptedException {
        Directories.empty(base);
        Jdk jdk = kind.jdk().orElseThrow(this::withoutJdk);
        Path configuration = Files.writeString(base.resolve(CONFIGURATION), providers.configuration());
        List<Deployment> guests = Guests.of(kind, WAR, base.resolve("foreign"));
        long start = System.nanoTime();
        String starts = "starts with %d applications".formatted(guests.size());
        try {
            server = RunningServer.start(kind, new Site(base, configuration, Site.freePort(), guests, jdk));
        } catch (IOException e) {
            results.add(starts, "**failed**");
            throw e;
        }
        results.measured(ResultTable.millisSince(start));
        results.add(starts, "ok");
    }

    private TestAbortedException withoutJdk() {
        results.measured("no newer JDK is installed");
        results.add("starts", "does not apply");
        return new TestAbortedException(
                kind.name() + " (expected: a JDK newer than " + Jdk.chosen().version() + ")");
    }

    AppServer kind() {
        return kind;
    }

    /** The context paths below which the WAR is found. */
    List<String> contexts() {
        return kind.isContainer() ? List.of(Guests.ROOT, Guests.CONTEXT) : List.of(Guests.ROOT);
    }

    /** What is open to those who operate the application at a context path. */
    Desk desk(String context) {
        return new Desk(caller(), context);
    }

    /** Lets the running server have another configuration; each of its applications takes it over in its own time. */
    void reconfigure(String configuration) throws IOException {
        Path other = Files.writeString(base.resolve(CONFIGURATION + ".new"), configuration);
        Files.move(other, base.resolve(CONFIGURATION), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Where the results of a server's latest run are. */
    static Path results(AppServer kind) {
        return SITES.resolve(kind.name()).resolve("results.md");
    }

    /** Everything of this server's run lies below it. */
    Path base() {
        return base;
    }

    Providers providers() {
        return providers;
    }

    ResultTable results() {
        return results;
    }

    RunningServer server() {
        return requireNonNull(server, "the server has not been started");
    }

    Caller caller() {
        return new Caller(server().port());
    }

    @Override
    public void close() throws IOException {
        if (server != null) {
            server.close();
        }
        providers.close();
        results.show(results(kind));
    }

    @Override
    public String toString() {
        return kind.name() + " " + kind.version();
    }
}
