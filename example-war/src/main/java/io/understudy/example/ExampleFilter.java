package io.understudy.example;

import io.understudy.servlet.FailoverFilter;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;

/**
 * The filter of this WAR: the gateway as it is, or the demo when nothing says how the gateway is configured and either
 * {@code java -jar} or {@code -Dunderstudy.demo=true} asks for it. A server without a configuration thus gets the
 * gateway's own refusal.
 */
public final class ExampleFilter implements Filter {
    private Filter filter = new FailoverFilter();

    @Override
    public void init(FilterConfig config) throws ServletException {
        if (DemoWish.of(config)) {
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
