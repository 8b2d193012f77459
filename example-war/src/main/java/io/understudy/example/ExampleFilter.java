package io.understudy.example;

import io.understudy.example.demo.DemoServlet;
import io.understudy.servlet.FailoverFilter;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;

/** The filter of this WAR: the gateway as it is, or the demo if {@link Opening} has decided so. */
public final class ExampleFilter implements Filter {
    private Filter filter = new FailoverFilter();

    /** Made by the container. */
    public ExampleFilter() {}

    @Override
    public void init(FilterConfig config) throws ServletException {
        if (config.getServletContext().getAttribute(DemoServlet.SWITCH) != null) {
            filter = new DemoFilter();
        }
        filter.init(config);
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
