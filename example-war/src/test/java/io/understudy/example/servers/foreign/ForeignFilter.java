package io.understudy.example.servers.foreign;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The foreign application's own filter, in front of everything: it leaves its mark, wraps the response and lets pass. */
public final class ForeignFilter implements Filter {
    /** For the container. */
    public ForeignFilter() {}

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        ForeignResponse wrapped = new ForeignResponse((HttpServletResponse) response);
        wrapped.setHeader("X-Foreign-Filter", "passed");
        chain.doFilter(request, wrapped);
    }
}
