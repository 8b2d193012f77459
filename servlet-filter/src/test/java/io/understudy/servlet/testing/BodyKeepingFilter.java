package io.understudy.servlet.testing;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * A filter that reads every body, to log or to verify it, and hands on a stream of what it has read, as many applications
 * have one. It knows nothing of asynchronous reading.
 */
public final class BodyKeepingFilter implements Filter {
    private final boolean throughReader;
    private final Consumer<ReadListener> listened;

    /**
     * A filter in front of others.
     *
     * @param throughReader whether it reads characters
     * @param listened what its streams do with a listener
     */
    public BodyKeepingFilter(boolean throughReader, Consumer<ReadListener> listened) {
        this.throughReader = throughReader;
        this.listened = listened;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        byte[] body = throughReader
                ? characters(request.getReader())
                : request.getInputStream().readAllBytes();
        chain.doFilter(
                new HttpServletRequestWrapper((HttpServletRequest) request) {
                    @Override
                    public ServletInputStream getInputStream() {
                        return new Kept(new ByteArrayInputStream(body));
                    }
                },
                response);
    }

    private static byte[] characters(BufferedReader reader) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int c = reader.read(); c != -1; c = reader.read()) {
            text.append((char) c);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private final class Kept extends ServletInputStream {
        private final InputStream body;
        private boolean finished;

        Kept(InputStream body) {
            this.body = body;
        }

        @Override
        public int read() throws IOException {
            int next = body.read();
            finished |= next == -1;
            return next;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = body.read(bytes, offset, length);
            finished |= count == -1;
            return count;
        }

        @Override
        public boolean isFinished() {
            return finished;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            listened.accept(listener);
        }
    }
}
