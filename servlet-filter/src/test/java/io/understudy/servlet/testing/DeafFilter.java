package io.understudy.servlet.testing;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** A filter behind which no response is ever ready to be written, as in a container that has no thread left. */
public final class DeafFilter implements Filter {
    /** One that is in nobody's way yet. */
    public DeafFilter() {}

    /** No wrapper: it stands for a container's own response. */
    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        InvocationHandler deaf = (proxy, method, arguments) -> {
            try {
                Object result = method.invoke(response, arguments);
                return result instanceof ServletOutputStream out ? new NeverReady(out) : result;
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        };
        chain.doFilter(request, (HttpServletResponse) Proxy.newProxyInstance(
                DeafFilter.class.getClassLoader(), new Class<?>[] {HttpServletResponse.class}, deaf));
    }

    private static final class NeverReady extends ServletOutputStream {
        private final ServletOutputStream out;

        NeverReady(ServletOutputStream out) {
            this.out = out;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            // Who listens hears nothing.
        }

        @Override
        public boolean isReady() {
            return false;
        }

        @Override
        public void write(int octet) throws IOException {
            out.write(octet);
        }
    }
}
