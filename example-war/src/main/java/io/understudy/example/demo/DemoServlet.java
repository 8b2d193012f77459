package io.understudy.example.demo;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.time.InstantSource;
import java.util.List;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.servlet.ServletContainer;
import org.jspecify.annotations.Nullable;

/**
 * The simulated providers: {@code /demo/healthy}, {@code /demo/flaky} and {@code /demo/slow} are base URLs as a real
 * provider's. They answer callers on this machine while the demo is on; otherwise there is nothing but 404, and Jersey
 * is not even started. Their resources are built in code, because a server's scanner would take over annotated ones.
 *
 * <p>The system property {@code understudy.demo.seed} changes the order of the flaky one's failures.
 */
public final class DemoServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;

    /** The attribute of the servlet context that is there while the demo is on. */
    public static final String SWITCH = "io.understudy.example.demo";

    /** With it the first two plain and the first two streamed calls of each endpoint of the flaky one fail, then it recovers. */
    static final long SEED = 4267;

    private final transient Player player = new Player();
    private transient @Nullable ServletContainer jersey;

    /** Made by the container. */
    public DemoServlet() {}

    @Override
    public void init() throws ServletException {
        if (getServletContext().getAttribute(SWITCH) != null) {
            ServletContainer started = new ServletContainer(application(player));
            started.init(getServletConfig());
            jersey = started;
        }
    }

    private static ResourceConfig application(Player player) {
        long seed = Long.getLong("understudy.demo.seed", SEED);
        InstantSource clock = InstantSource.system();
        ResourceConfig application = new ResourceConfig()
                .property("jersey.config.disableAutoDiscovery", true)
                .property("jersey.config.disableDefaultProvider", "ALL")
                .property("jersey.config.server.wadl.disableWadl", true)
                .property("jersey.config.server.response.setStatusOverSendError", true)
                .register(ServletSuspension.binder());
        for (WireFormat wire : wires()) {
            for (SimulatedProvider provider : providers(seed, clock)) {
                application.registerResources(ProviderResource.at(provider, wire, player));
            }
        }
        return application;
    }

    private static List<WireFormat> wires() {
        return List.of(
                new ChatWire(), new MessagesWire(), new CountTokensWire(), new ResponsesWire(), new EmbeddingsWire());
    }

    /** Each endpoint has its own, so that its failures come in the same order whatever the others are asked. */
    private static List<SimulatedProvider> providers(long seed, InstantSource clock) {
        return List.of(
                SimulatedProvider.healthy(seed, clock),
                SimulatedProvider.flaky(seed, clock),
                SimulatedProvider.slow(seed, clock));
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        ServletContainer started = jersey;
        if (started != null && isFromThisMachine(request)) {
            started.service(request, response);
        } else {
            response.setStatus(HttpServletResponse.SC_NOT_FOUND);
        }
    }

    /** A server that listens on one address only is called at that address, by itself too. */
    private static boolean isFromThisMachine(HttpServletRequest request) throws IOException {
        String caller = request.getRemoteAddr();
        return caller.equals(request.getLocalAddr())
                || InetAddress.getByName(caller).isLoopbackAddress();
    }

    @Override
    public void destroy() {
        player.close();
        ServletContainer started = jersey;
        if (started != null) {
            started.destroy();
        }
    }
}
