package io.understudy.servlet.chain;

import io.understudy.servlet.upstream.UpstreamBody;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The caller's request as the application gets it: its body once more, and as if nobody had begun asynchronous
 * processing before. An answer that was compressed could not be looked at, so nobody is told that it may be.
 */
final class ChainRequest extends HttpServletRequestWrapper {
    /** Asynchronous processing for the application. */
    interface Async {
        /** Begins it, if it still may. */
        AsyncContext begin();

        /** The one that has begun, or null. */
        @Nullable
        AsyncContext begun();
    }

    private static final String LENGTH = "content-length";
    private static final Set<String> OF_THE_WAY_HERE =
            Set.of("accept-encoding", "content-encoding", "transfer-encoding", LENGTH);

    private final Async async;
    private @Nullable KnownBody body;
    private @Nullable BufferedReader reader;

    ChainRequest(HttpServletRequest request, Async async) {
        super(request);
        this.async = async;
    }

    /** What it is served from in the application: the body that has been read, without any compression. */
    void body(UpstreamBody read) {
        if (read.length() > 0) {
            body = new KnownBody(read);
        }
    }

    /** Begins the container's processing. */
    AsyncContext startContainers(ServletResponse response) {
        return super.startAsync(this, response);
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        KnownBody known = body;
        return known == null ? super.getInputStream() : known;
    }

    @Override
    public BufferedReader getReader() throws IOException {
        BufferedReader opened = reader;
        if (opened == null) {
            String charset = getCharacterEncoding();
            opened = new BufferedReader(
                    new InputStreamReader(getInputStream(), charset == null ? StandardCharsets.UTF_8.name() : charset));
            reader = opened;
        }
        return opened;
    }

    @Override
    public int getContentLength() {
        return (int) getContentLengthLong();
    }

    @Override
    public long getContentLengthLong() {
        KnownBody known = body;
        return known == null ? super.getContentLengthLong() : known.length();
    }

    @Override
    public @Nullable String getHeader(String name) {
        Enumeration<String> values = getHeaders(name);
        return values.hasMoreElements() ? values.nextElement() : null;
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
        String lowered = name.toLowerCase(Locale.ROOT);
        if (!OF_THE_WAY_HERE.contains(lowered)) {
            return super.getHeaders(name);
        }
        return Collections.enumeration(
                lowered.equals(LENGTH) && body != null ? List.of(Integer.toString(getContentLength())) : List.of());
    }

    @Override
    public int getIntHeader(String name) {
        String value = getHeader(name);
        return value == null ? -1 : Integer.parseInt(value);
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        List<String> names = new ArrayList<>(Collections.list(super.getHeaderNames()));
        names.removeIf(name -> OF_THE_WAY_HERE.contains(name.toLowerCase(Locale.ROOT)));
        if (body != null) {
            names.add(LENGTH);
        }
        return Collections.enumeration(names);
    }

    @Override
    public AsyncContext startAsync() {
        return async.begin();
    }

    /** The container's context has been begun with our request and response, and answers with those whatever is given. */
    @Override
    public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
        return async.begin();
    }

    @Override
    public boolean isAsyncStarted() {
        return async.begun() != null && super.isAsyncStarted();
    }

    @Override
    public AsyncContext getAsyncContext() {
        AsyncContext begun = async.begun();
        if (begun == null) {
            throw new IllegalStateException("startAsync has not been called");
        }
        return begun;
    }
}
