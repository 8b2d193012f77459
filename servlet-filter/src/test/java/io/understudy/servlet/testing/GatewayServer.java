package io.understudy.servlet.testing;

import io.understudy.servlet.FailoverFilter;
import io.understudy.servlet.admin.AdminServlet;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.EnumSet;
import java.util.function.BiConsumer;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.FilterMapping;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;

/**
 * A servlet container with the filter on {@code /v1/*} in front of a host application, which answers every request with
 * its body and a header {@code X-Host} that repeats method and path. The admin servlet is on {@code /understudy/*}.
 */
public final class GatewayServer implements AutoCloseable {
    private static final String HOST = "host";
    private static final int BACKLOG = 1024;

    private final Server server;
    private final ServletContextHandler application;
    private final Path configuration;

    private GatewayServer(Server server, ServletContextHandler application, Path configuration) {
        this.server = server;
        this.application = application;
        this.configuration = configuration;
    }

    /**
     * A running server with this configuration.
     *
     * @param configuration the text of {@code understudy.json}
     * @throws Exception what the container throws, if the filter refuses to start
     */
    public static GatewayServer start(String configuration) throws Exception {
        return startAt("/", "/v1/*", configuration);
    }

    /**
     * A running server with this configuration, and a filter in front of ours that does not support asynchronous
     * requests.
     *
     * @param configuration the text of {@code understudy.json}
     * @throws Exception what the container throws, if the filter refuses to start
     */
    public static GatewayServer startSynchronous(String configuration) throws Exception {
        return startBehind(new PassingFilter(), false, configuration);
    }

    /**
     * A running server with this configuration, and another filter in front of ours.
     *
     * @param configuration the text of {@code understudy.json}
     * @throws Exception what the container throws, if the filter refuses to start
     */
    public static GatewayServer startBehind(Filter foreign, String configuration) throws Exception {
        return startBehind(foreign, true, configuration);
    }

    private static GatewayServer startBehind(Filter inFront, boolean asyncSupported, String configuration)
            throws Exception {
        return start("/", "/*", configuration, (application, filter) -> {
            FilterHolder foreign = new FilterHolder(inFront);
            foreign.setAsyncSupported(asyncSupported);
            application.addFilter(foreign, "/*", EnumSet.of(DispatcherType.REQUEST));
            application.addFilter(filter, "/v1/*", EnumSet.of(DispatcherType.REQUEST));
        });
    }

    /**
     * A running server with this configuration, and this as its application.
     *
     * @param asynchronous whether the filter in front of ours and the application support asynchronous requests
     * @throws Exception what the container throws, if the filter refuses to start
     */
    public static GatewayServer startBefore(HttpServlet application, Asynchronous asynchronous, String configuration)
            throws Exception {
        return start("/", "/nowhere", configuration, (context, filter) -> {
            FilterHolder foreign = new FilterHolder(new PassingFilter());
            foreign.setAsyncSupported(asynchronous != Asynchronous.NOBODY);
            context.addFilter(foreign, "/*", EnumSet.of(DispatcherType.REQUEST));
            context.addFilter(filter, "/v1/*", EnumSet.of(DispatcherType.REQUEST));
            ServletHolder holder = new ServletHolder(application);
            holder.setAsyncSupported(asynchronous == Asynchronous.EVERYBODY);
            context.addServlet(holder, "/*");
        });
    }

    /** Who supports asynchronous requests. */
    public enum Asynchronous {
        /** The filter in front of ours, and the application. */
        EVERYBODY,
        /** Only the filter in front of ours. */
        NOT_THE_APPLICATION,
        /** Neither. */
        NOBODY
    }

    /**
     * A running server with this configuration, the application and the filter elsewhere.
     *
     * @param contextPath where the application is; {@code /} for the root
     * @param urlPattern what the filter is mapped to
     * @param configuration the text of {@code understudy.json}
     * @throws Exception what the container throws, if the filter refuses to start
     */
    public static GatewayServer startAt(String contextPath, String urlPattern, String configuration) throws Exception {
        return start(
                contextPath,
                "/*",
                configuration,
                (application, filter) -> application.addFilter(filter, urlPattern, EnumSet.of(DispatcherType.REQUEST)));
    }

    /**
     * A running server with this configuration, the filter mapped to the host application's servlet by its name.
     *
     * @param contextPath where the application is; {@code /} for the root
     * @param servletPattern what the servlet is mapped to
     * @throws Exception what the container throws, if the filter refuses to start
     */
    public static GatewayServer startBefore(String contextPath, String servletPattern, String configuration)
            throws Exception {
        return start(contextPath, servletPattern, configuration, (application, filter) -> {
            FilterMapping byName = new FilterMapping();
            byName.setFilterName(filter.getName());
            byName.setServletName(HOST);
            application.getServletHandler().addFilter(filter, byName);
        });
    }

    /**
     * A running server with this configuration, the filter on everything and told by its init-param where to look.
     *
     * @throws Exception what the container throws, if the filter refuses to start
     */
    public static GatewayServer startBelow(String basePath, String configuration) throws Exception {
        return start("/", "/*", configuration, (application, filter) -> {
            filter.setInitParameter("basePath", basePath);
            application.addFilter(filter, "/*", EnumSet.of(DispatcherType.REQUEST));
        });
    }

    private static GatewayServer start(
            String contextPath,
            String servletPattern,
            String configuration,
            BiConsumer<ServletContextHandler, FilterHolder> mapping)
            throws Exception {
        Path file = Files.writeString(Files.createTempFile("understudy", ".json"), configuration);
        return start(new FailoverFilter(), contextPath, servletPattern, file, mapping);
    }

    /**
     * A running server with this filter at the usual place.
     *
     * @param configuration the text of {@code understudy.json}
     * @throws Exception what the container throws, if the filter refuses to start
     */
    public static GatewayServer start(FailoverFilter filter, String configuration) throws Exception {
        return start(filter, Files.writeString(Files.createTempFile("understudy", ".json"), configuration));
    }

    /**
     * A running server with another filter on {@code /v1/*} than the product's.
     *
     * @param configuration where the configuration stands that the filter is told of
     * @throws Exception what the container throws, if the filter refuses to start
     */
    public static GatewayServer start(Filter filter, Path configuration) throws Exception {
        return start(
                filter,
                "/",
                "/*",
                configuration,
                (application, held) -> application.addFilter(held, "/v1/*", EnumSet.of(DispatcherType.REQUEST)));
    }

    private static GatewayServer start(
            Filter filter,
            String contextPath,
            String servletPattern,
            Path file,
            BiConsumer<ServletContextHandler, FilterHolder> mapping)
            throws Exception {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server, 1, 1);
        connector.setHost("127.0.0.1");
        connector.setAcceptQueueSize(BACKLOG);
        server.addConnector(connector);
        ServletContextHandler application = application(contextPath, servletPattern);
        mapping.accept(application, holder(filter, file));
        server.setHandler(application);
        GatewayServer gateway = new GatewayServer(server, application, file);
        try {
            server.start();
            return gateway;
        } catch (Exception e) {
            gateway.close();
            throw e;
        }
    }

    /** The port it listens on. */
    public int port() {
        return ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    }

    /** A path of the application. */
    public URI uri(String path) {
        return URI.create("http://127.0.0.1:%d%s".formatted(port(), path));
    }

    /** Replaces the configuration's file by another one, as editors do. */
    public void rewrite(String text) {
        try {
            Path other = Files.writeString(configuration.resolveSibling(configuration.getFileName() + ".new"), text);
            Files.move(other, configuration, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes the application out of service, as a server does that goes on with others. */
    public void undeploy() {
        LifeCycle.stop(application);
    }

    @Override
    public void close() {
        LifeCycle.stop(server);
        try {
            Files.deleteIfExists(configuration);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static FilterHolder holder(Filter served, Path configuration) {
        FilterHolder filter = new FilterHolder(served);
        filter.setInitParameter("config", configuration.toString());
        filter.setAsyncSupported(true);
        return filter;
    }

    private static ServletContextHandler application(String contextPath, String servletPattern) {
        ServletHolder host = new ServletHolder(HOST, new HostServlet());
        host.setAsyncSupported(true);
        ServletContextHandler application = new ServletContextHandler(contextPath);
        application.addServlet(new ServletHolder(new AdminServlet()), "/understudy/*");
        application.addServlet(host, servletPattern);
        return application;
    }
}
