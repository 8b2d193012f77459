package io.understudy.servlet;

import io.understudy.servlet.admin.Gateways;
import io.understudy.servlet.admin.Observed;
import io.understudy.servlet.config.ConfigException;
import io.understudy.servlet.config.ConfigReader;
import io.understudy.servlet.config.ConfigWatcher;
import io.understudy.servlet.config.Settings;
import io.understudy.servlet.inbound.InboundRequest;
import io.understudy.servlet.inbound.Routes;
import io.understudy.servlet.upstream.Transports;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * LLM failover as a servlet filter: answers the LLM API requests below the prefix it is mapped to, and passes everything
 * else down the chain untouched, its body unread.
 *
 * <p>Register it with {@code <async-supported>true}, mapped to {@code /v1/*} or the like. Init parameters: {@code config},
 * where the configuration is found, and {@code basePath}, a prefix in the place of the mapping's. Thread-safe.
 */
public final class FailoverFilter implements Filter {
    private static final Logger LOG = System.getLogger("io.understudy");

    private final @Nullable GatewayCustomizer customizer;
    private volatile @Nullable FilterConfig registration;
    private volatile @Nullable Gateway gateway;
    private volatile @Nullable Routes routes;
    private @Nullable ConfigWatcher watcher;

    /**
     * A filter that is not in service until its container has called {@link #init}, with what the application declares
     * as a service of type {@link GatewayCustomizer}.
     */
    public FailoverFilter() {
        this.customizer = null;
    }

    /** The same with this customizer instead, for {@code ServletContext.addFilter}. */
    public FailoverFilter(GatewayCustomizer customizer) {
        this.customizer = customizer;
    }

    /**
     * Reads the configuration and goes into service.
     *
     * @throws ServletException if the configuration is missing or wrong; its message names every problem, one a line
     */
    @Override
    public void init(FilterConfig config) throws ServletException {
        try {
            ConfigWatcher watching = new ConfigWatcher(ConfigReader.of(config));
            Settings settings = watching.read();
            warn(settings);
            routes = routes(config);
            Gateway first = new Gateway(settings, customizer(config), new Transports());
            gateway = first;
            watcher = watching;
            watching.start(first.scheduler(), new Reload());
            Gateways.of(config.getServletContext()).add(config.getFilterName(), this::observed);
            registration = config;
        } catch (ConfigException e) {
            throw new ServletException(e.getMessage(), e);
        }
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Routes ours = routes;
        if (request.getDispatcherType() == DispatcherType.REQUEST
                && ours != null
                && request instanceof HttpServletRequest http
                && response instanceof HttpServletResponse httpResponse) {
            InboundRequest inbound = ours.match(http);
            if (inbound != null && serve(inbound, http, httpResponse, chain)) {
                return;
            }
        }
        chain.doFilter(request, response);
    }

    /** Whether there is a gateway; one that has just been replaced leaves the request to the newest. */
    private boolean serve(
            InboundRequest inbound, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Gateway serving = gateway;
        while (serving != null && !serving.serve(inbound, request, response, chain)) {
            serving = gateway;
        }
        return serving != null;
    }

    @Override
    public void destroy() {
        ConfigWatcher watching = watcher;
        if (watching != null) {
            watching.close();
        }
        Gateway serving = gateway;
        FilterConfig registered = registration;
        if (serving != null && registered != null) {
            Gateways.of(registered.getServletContext()).remove(registered.getFilterName());
            gateway = null;
            serving.close();
        }
    }

    private Observed observed() {
        return Objects.requireNonNull(gateway, "out of service").observed();
    }

    private GatewayCustomizer customizer(FilterConfig config) {
        return customizer == null
                ? Customizers.declared(config.getServletContext().getClassLoader())
                : customizer;
    }

    private static void warn(Settings settings) {
        settings.warnings().forEach(warning -> LOG.log(Level.WARNING, warning));
    }

    private static Routes routes(FilterConfig config) {
        String basePath = config.getInitParameter("basePath");
        if (basePath != null) {
            return Routes.below(basePath);
        }
        FilterRegistration registration = config.getServletContext().getFilterRegistration(config.getFilterName());
        return Routes.mapped(registration == null ? List.of("/*") : patterns(registration, config.getServletContext()));
    }

    /** The filter's own URL patterns, and those of the servlets that it is mapped to by name. */
    private static List<String> patterns(FilterRegistration filter, ServletContext context) {
        List<String> patterns = new ArrayList<>(orNone(filter.getUrlPatternMappings()));
        for (String name : orNone(filter.getServletNameMappings())) {
            ServletRegistration servlet = context.getServletRegistration(name);
            Collection<String> mappings = servlet == null ? List.of() : servlet.getMappings();
            // Of a servlet this one means whatever is nobody else's.
            mappings.forEach(mapping -> patterns.add(mapping.equals("/") ? "/*" : mapping));
        }
        return patterns;
    }

    /** Open Liberty answers null where the specification wants an empty collection. */
    private static Collection<String> orNone(@Nullable Collection<String> mappings) {
        return mappings == null ? List.of() : mappings;
    }

    /** Lets another configuration take over, if it is a valid one. */
    private final class Reload implements ConfigWatcher.Listener {
        @Override
        public void changed(Settings settings) {
            Gateway before = gateway;
            if (before != null) {
                gateway = before.successor(settings);
                before.retire();
                LOG.log(Level.INFO, "The configuration has changed; new exchanges follow it.");
                warn(settings);
            }
        }

        @Override
        public void refused(ConfigException problems) {
            LOG.log(Level.ERROR, problems.getMessage() + "\nThe configuration that was good before stays in force.");
        }
    }
}
