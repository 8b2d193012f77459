package io.understudy.example.boot;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import org.eclipse.jetty.ee10.webapp.WebAppContext;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The embedded server. It tells the web application two facts as attributes of the servlet context:
 *
 * <table>
 * <caption>Attributes</caption>
 * <tr><th>name</th><th>value</th></tr>
 * <tr><td>{@code io.understudy.launcher.url}</td><td>where this machine reaches it, without a slash at the end</td></tr>
 * <tr><td>{@code io.understudy.launcher.openTo}</td><td>the host it listens on, only when others can reach it</td></tr>
 * </table>
 */
public final class Launcher {
    /** An event of a stream is some hundred bytes long: Jetty's 32 KiB would only cost memory, per stream. */
    private static final int RESPONSE_BUFFER = 4096;

    /** SDKs write the slash in the name of a model as {@code %2F}, which Jetty refuses as ambiguous otherwise. */
    private static final UriCompliance SLASHES_IN_NAMES =
            UriCompliance.DEFAULT.with("SLASHES_IN_NAMES", UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR);

    /** Few, since none of them waits for a provider: enough for the admin pages and the body of a large request. */
    private static final int THREADS = Math.max(16, 4 * Runtime.getRuntime().availableProcessors());

    private Launcher() {}

    /**
     * Serves an unpacked WAR at the root context and says so on standard output.
     *
     * @return stops the server; requests that are running get up to 30 s
     */
    public static AutoCloseable launch(Path webapp, String host, int port) throws Exception {
        Server server = new Server(new QueuedThreadPool(THREADS, 4));
        ServerConnector connector = connector(server, host, port);
        WebAppContext context = context(webapp);
        Drain drain = new Drain(context);
        server.addConnector(connector);
        server.setHandler(drain);

        listen(connector);
        context.setAttribute("io.understudy.launcher.url", url(reachable(host), connector.getLocalPort()));
        if (!InetAddress.getByName(host).isLoopbackAddress()) {
            context.setAttribute("io.understudy.launcher.openTo", host);
        }
        try {
            server.start();
        } catch (Exception e) {
            server.stop();
            throw e;
        }
        System.out.println("Understudy is ready on " + url(host, connector.getLocalPort()) + "/");
        return () -> {
            drain.await();
            // Before the connections: those who still wait are told.
            context.stop();
            server.stop();
        };
    }

    private static ServerConnector connector(Server server, String host, int port) {
        HttpConfiguration http = new HttpConfiguration();
        http.setOutputBufferSize(RESPONSE_BUFFER);
        http.setOutputAggregationSize(RESPONSE_BUFFER);
        http.setSendServerVersion(false);
        http.setUriCompliance(SLASHES_IN_NAMES);
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost(host);
        connector.setPort(port);
        connector.setAcceptQueueSize(1024);
        return connector;
    }

    private static WebAppContext context(Path webapp) {
        WebAppContext context = new WebAppContext();
        context.setContextPath("/");
        context.setWar(webapp.toString());
        context.setTempDirectory(webapp.resolveSibling("temp").toFile());
        context.setInitParameter("org.eclipse.jetty.servlet.Default.dirAllowed", "false");
        context.setThrowUnavailableOnStartupException(true);
        // Otherwise whoever is not asked for a model, but for anything else with such a slash, fails instead of finding
        // nothing.
        context.getServletHandler().setDecodeAmbiguousURIs(true);
        return context;
    }

    /** Before anything is started: a port in use is known at once, and callers who are early wait instead of failing. */
    private static void listen(ServerConnector connector) throws IOException {
        try {
            connector.open();
        } catch (IOException e) {
            String reason = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
            throw new IOException("--port: " + connector.getPort() + " on " + connector.getHost() + ": " + reason);
        }
    }

    /** An address that stands for all of them is reached at the loopback one. */
    private static String reachable(String host) throws UnknownHostException {
        return InetAddress.getByName(host).isAnyLocalAddress()
                ? InetAddress.getLoopbackAddress().getHostAddress()
                : host;
    }

    private static String url(String host, int port) {
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
