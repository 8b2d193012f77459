package io.understudy.example;

import io.understudy.servlet.FailoverFilter;
import io.understudy.servlet.config.ConfigReader;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/**
 * The filter of this WAR: the gateway as it is, or the demo when nothing says where the gateway's configuration is and
 * either {@code java -jar} or {@code -Dunderstudy.demo=true} asks for it. A place that is named and empty or wrong is the
 * gateway's to refuse: nobody gets simulated answers by a typo.
 */
public final class ExampleFilter implements Filter {
    private static final Logger LOG = System.getLogger("io.understudy.example");

    private Filter filter = new FailoverFilter();

    /** Made by the container. */
    public ExampleFilter() {}

    @Override
    public void init(FilterConfig config) throws ServletException {
        ServletContext context = config.getServletContext();
        ConfigReader reader = ConfigReader.of(config);
        boolean demo = asksForDemo(context) && reader.locate().isEmpty();
        if (demo) {
            filter = new DemoFilter();
        }
        filter.init(config);
        Object openTo = context.getAttribute("io.understudy.launcher.openTo");
        if (openTo != null && (demo || reader.read().clientKeys().isEmpty())) {
            LOG.log(Level.WARNING, "--host: {0} lets others in, and without clientKeys every caller is served", openTo);
        }
    }

    private static boolean asksForDemo(ServletContext context) {
        return context.getAttribute(DemoFilter.LAUNCHER_URL) != null || Boolean.getBoolean("understudy.demo");
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        filter.doFilter(request, response, chain);
    }

    @Override
    public void destroy() {
        filter.destroy();
    }
}
