package io.understudy.servlet.admin;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.servlet.ServletContainer;
import org.jspecify.annotations.Nullable;

/**
 * The gateway for its operators: {@code status}, {@code explain}, {@code exchanges}, {@code metrics}, {@code health} and a
 * page, below whatever it is mapped to, such as {@code /understudy/*}.
 *
 * <p>It shows the gateway of the filter in its web application; where there are several filters, the one that its
 * init-param {@code filter} names, otherwise the one that came into service first. {@code health} and the page, which
 * holds nothing, are open; for everything else see {@code adminKey} and {@code adminOpenOnLoopback} of the configuration.
 *
 * <p>The resources are built in code, because a server's scanner would take over annotated ones.
 */
public final class AdminServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final Set<String> METHODS = Set.of("GET", "HEAD");

    private transient @Nullable ServletContainer jersey;
    private transient @Nullable Page page;
    private transient @Nullable Gateways gateways;

    /** Made by the container. */
    public AdminServlet() {}

    @Override
    public void init() throws ServletException {
        Gateways known = Gateways.of(getServletContext());
        ResourceConfig application = new ResourceConfig()
                .property("jersey.config.disableAutoDiscovery", true)
                .property("jersey.config.disableDefaultProvider", "ALL")
                .property("jersey.config.server.wadl.disableWadl", true)
                .property("jersey.config.server.response.setStatusOverSendError", true);
        AdminResource.all(() -> gateway(known).orElseThrow(), known).forEach(application::registerResources);
        ServletContainer started = new ServletContainer(application);
        started.init(getServletConfig());
        gateways = known;
        page = Page.load();
        jersey = started;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        response.setHeader("Cache-Control", "no-store");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        String path = request.getPathInfo() == null ? "" : request.getPathInfo();
        boolean open = path.isEmpty() || path.equals("/") || path.equals("/health");
        if ((open || mayLook(request, response)) && isAsked(request, response)) {
            show(path, request, response);
        }
    }

    private void show(String path, HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        Page shell = page;
        ServletContainer resources = jersey;
        if (shell == null || resources == null) {
            throw new IllegalStateException("service before init");
        }
        switch (path) {
            case "" -> {
                response.setStatus(HttpServletResponse.SC_FOUND);
                response.setHeader("Location", request.getRequestURI() + "/");
            }
            case "/" -> {
                response.setHeader("Content-Security-Policy", shell.policy());
                write(response, 200, "text/html;charset=utf-8", shell.html());
            }
            default -> resources.service(request, response);
        }
    }

    /** Whether the caller may see what is not open to all; otherwise it has been answered. */
    private boolean mayLook(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Gateways known = gateways;
        Optional<Observed> gateway = known == null ? Optional.empty() : gateway(known);
        if (gateway.isEmpty()) {
            error(response, 503, "no gateway is in service yet; some servers start it with the first request");
            return false;
        }
        return switch (Access.of(request, gateway.get().settings())) {
            case GRANTED -> true;
            case REFUSED -> {
                response.setHeader("WWW-Authenticate", "Bearer");
                error(response, 401, "missing or wrong key (expected: the adminKey as Authorization: Bearer)");
                yield false;
            }
            case HIDDEN -> {
                response.setStatus(HttpServletResponse.SC_NOT_FOUND);
                yield false;
            }
        };
    }

    private static boolean isAsked(HttpServletRequest request, HttpServletResponse response) throws IOException {
        boolean asked = METHODS.contains(request.getMethod());
        if (!asked) {
            response.setHeader("Allow", "GET, HEAD");
            error(response, 405, "there is nothing to change here (expected: GET)");
        }
        return asked;
    }

    private Optional<Observed> gateway(Gateways known) {
        return known.find(getInitParameter("filter"));
    }

    private static void error(HttpServletResponse response, int status, String message) throws IOException {
        write(response, status, "application/json", AdminJson.error(message).getBytes(StandardCharsets.UTF_8));
    }

    private static void write(HttpServletResponse response, int status, String type, byte[] body) throws IOException {
        response.setStatus(status);
        response.setContentType(type);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    @Override
    public void destroy() {
        ServletContainer started = jersey;
        if (started != null) {
            started.destroy();
        }
    }
}
