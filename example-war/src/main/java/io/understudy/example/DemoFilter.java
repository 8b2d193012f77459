package io.understudy.example;

import io.understudy.servlet.FailoverFilter;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The gateway in front of the simulated providers of this WAR. It calls them over HTTP, so it cannot be configured
 * before its own address is known: from the launcher at once, in a server with the first request.
 */
final class DemoFilter implements Filter {
    /** The attribute in which {@code java -jar} says where it serves; no server sets it. */
    static final String LAUNCHER_URL = "io.understudy.launcher.url";

    private volatile @Nullable FailoverFilter gateway;
    private @Nullable FilterConfig config;

    @Override
    public void init(FilterConfig config) throws ServletException {
        this.config = config;
        ServletContext context = config.getServletContext();
        if (context.getAttribute(LAUNCHER_URL) instanceof String url) {
            gateway = gateway(config, url + context.getContextPath());
        }
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        gateway(request).doFilter(request, response, chain);
    }

    @Override
    public void destroy() {
        FailoverFilter started = gateway;
        if (started != null) {
            started.destroy();
        }
    }

    private FailoverFilter gateway(ServletRequest request) throws ServletException {
        FailoverFilter started = gateway;
        return started == null ? firstGateway(request) : started;
    }

    private synchronized FailoverFilter firstGateway(ServletRequest request) throws ServletException {
        FilterConfig given = config;
        if (given == null) {
            throw new IllegalStateException("doFilter before init");
        }
        FailoverFilter started = gateway;
        if (started == null) {
            started = gateway(given, url(request));
            gateway = started;
        }
        return started;
    }

    private static String url(ServletRequest request) {
        String address = request.getLocalAddr();
        String host = address.contains(":") ? "[" + address + "]" : address;
        return request.getScheme() + "://" + host + ":" + request.getLocalPort()
                + request.getServletContext().getContextPath();
    }

    private static FailoverFilter gateway(FilterConfig config, String url) throws ServletException {
        FailoverFilter gateway = new FailoverFilter();
        try {
            gateway.init(new DemoConfig(config, write(config.getServletContext(), url)));
        } catch (IOException e) {
            throw new ServletException("The demo's configuration cannot be written: " + e, e);
        }
        return gateway;
    }

    /** Writes the configuration with the actual URL into the folder that the server keeps for this WAR. */
    private static Path write(ServletContext context, String url) throws IOException {
        try (InputStream template = DemoFilter.class.getResourceAsStream("demo.json")) {
            if (template == null) {
                throw new IllegalStateException("demo.json is not in the WAR");
            }
            String json = new String(template.readAllBytes(), StandardCharsets.UTF_8);
            File folder = (File) context.getAttribute(ServletContext.TEMPDIR);
            return Files.writeString(
                    folder.toPath().resolve("understudy-demo.json"), json.replace("${demo}", url + "/demo"));
        }
    }
}
