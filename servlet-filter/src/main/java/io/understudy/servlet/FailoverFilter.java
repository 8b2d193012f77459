package io.understudy.servlet;

import io.understudy.servlet.config.ConfigException;
import io.understudy.servlet.config.ConfigReader;
import io.understudy.servlet.config.Settings;
import io.understudy.servlet.inbound.InboundRequest;
import io.understudy.servlet.inbound.Routes;
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

    private volatile @Nullable Gateway gateway;
    private volatile @Nullable Routes routes;

    /** A filter that is not in service until its container has called {@link #init}. */
    public FailoverFilter() {}

    /**
     * Reads the configuration and goes into service.
     *
     * @throws ServletException if the configuration is missing or wrong; its message names every problem, one a line
     */
    @Override
    public void init(FilterConfig config) throws ServletException {
        try {
            Settings settings = ConfigReader.of(config).read();
            settings.warnings().forEach(warning -> LOG.log(Level.WARNING, warning));
            routes = routes(config);
            gateway = new Gateway(settings);
        } catch (ConfigException e) {
            throw new ServletException(e.getMessage(), e);
        }
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Gateway serving = gateway;
        Routes ours = routes;
        if (request.getDispatcherType() == DispatcherType.REQUEST
                && serving != null
                && ours != null
                && request instanceof HttpServletRequest http
                && response instanceof HttpServletResponse httpResponse) {
            InboundRequest inbound = ours.match(http);
            if (inbound != null) {
                serving.serve(inbound, http, httpResponse);
                return;
            }
        }
        chain.doFilter(request, response);
    }

    @Override
    public void destroy() {
        Gateway serving = gateway;
        if (serving != null) {
            gateway = null;
            serving.close();
        }
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
}
