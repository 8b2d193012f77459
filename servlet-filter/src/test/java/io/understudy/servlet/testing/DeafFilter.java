package io.understudy.servlet.testing;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;

/** A filter behind which no response is ever ready to be written, as in a container that has no thread left. */
public final class DeafFilter implements Filter {
    /** One that is in nobody's way yet. */
    public DeafFilter() {}

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        chain.doFilter(request, new HttpServletResponseWrapper((HttpServletResponse) response) {
            @Override
            public ServletOutputStream getOutputStream() throws IOException {
                return new NeverReady(super.getOutputStream());
            }
        });
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
