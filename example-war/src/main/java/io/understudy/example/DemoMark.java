package io.understudy.example;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;

/** Says in every answer of the demo, pages and refusals too, that it is one. Public, because servers look at filters. */
public final class DemoMark implements Filter {
    DemoMark() {}

    /** Puts one before everything else in an application that is being started. */
    static void everyAnswer(ServletContext application) {
        FilterRegistration.Dynamic mark = application.addFilter("understudy-demo", new DemoMark());
        mark.setAsyncSupported(true);
        mark.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        ((HttpServletResponse) response).setHeader("X-Understudy-Demo", "true");
        chain.doFilter(request, response);
    }
}
