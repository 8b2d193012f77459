package io.understudy.example.servers;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A started server. It is gone, whatever happens, when it is closed or this JVM ends. */
final class RunningServer implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(45);
    private static final Duration POLL = Duration.ofMillis(200);

    private final Site site;
    private final Process process;
    private final Thread lastResort = new Thread(this::kill, "kill-server");

    private RunningServer(Site site, Process process) {
        this.site = site;
        this.process = process;
        Runtime.getRuntime().addShutdownHook(lastResort);
    }

    /** Prepares and starts a server; answers when everything deployed to it serves. */
    static RunningServer start(AppServer kind, Site site) throws IOException, InterruptedException {
        Launch launch = kind.prepare(site);
        ProcessBuilder builder = new ProcessBuilder(launch.command())
                .directory(site.base().toFile())
                .redirectErrorStream(true)
                .redirectOutput(output(site).toFile());
        // What the tests' own JVM was given is none of the server's business.
        Stream.of("JAVA_TOOL_OPTIONS", "JAVA_OPTS", "CLASSPATH").forEach(builder.environment()::remove);
        builder.environment()
                .putAll(Map.of(
                        "JAVA_HOME",
                        site.jdk().home().toString(),
                        // What is held softly, by Jackson's buffers for one, counts as garbage: see RedeployChecks.
                        "JDK_JAVA_OPTIONS",
                        "-XX:SoftRefLRUPolicyMSPerMB=0"));
        builder.environment().putAll(launch.environment());
        RunningServer server = new RunningServer(site, builder.start());
        try {
            server.awaitReady();
            return server;
        } catch (IOException | InterruptedException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /** The URI of a path below a context path. */
    URI uri(String context, String path) {
        return URI.create("http://127.0.0.1:%d%s%s".formatted(site.port(), context, path));
    }

    int port() {
        return site.port();
    }

    long pid() {
        return process.pid();
    }

    LoadedClasses loadedClasses() {
        long jvm = processes()
                .filter(it -> it.info().command().orElse("").endsWith("/java"))
                .findFirst()
                .orElseThrow()
                .pid();
        return new LoadedClasses(site.jdk(), jvm);
    }

    ServerLog log() {
        return new ServerLog(site.base());
    }

    /**
     * Asks the server to stop (SIGTERM) and waits for its end.
     *
     * @return the exit code
     * @throws IllegalStateException if it does not stop in time; it is killed then
     */
    int stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
            close();
            throw new IllegalStateException("server %d did not stop within %s".formatted(pid(), STOP_LIMIT));
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        kill();
        process.onExit().join();
        Runtime.getRuntime().removeShutdownHook(lastResort);
    }

    /** Kills the process and those it has started, each by its id. */
    private void kill() {
        processes().toList().forEach(ProcessHandle::destroyForcibly);
    }

    private Stream<ProcessHandle> processes() {
        return Stream.concat(process.descendants(), Stream.of(process.toHandle()));
    }

    private void awaitReady() throws IOException, InterruptedException {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        long start = System.nanoTime();
        for (Deployment deployment : site.deployments()) {
            while (!isReady(client, deployment)) {
                if (process.waitFor(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw new IOException("ended with exit code %d before it served; its last words:%n%s"
                            .formatted(process.exitValue(), log().lastWords()));
                }
                if (System.nanoTime() - start > START_LIMIT.toNanos()) {
                    throw new IOException("%s did not serve within %s; last words:%n%s"
                            .formatted(deployment, START_LIMIT, log().lastWords()));
                }
            }
        }
    }

    private boolean isReady(HttpClient client, Deployment deployment) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri(deployment.context(), deployment.readyPath()))
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(10))
                .POST(BodyPublishers.ofString("{}"))
                .build();
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode() == deployment.readyStatus();
        } catch (IOException notYetListening) {
            return false;
        }
    }

    private static Path output(Site site) throws IOException {
        return Files.createDirectories(site.base()).resolve("output.log");
    }
}
