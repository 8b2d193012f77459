package io.understudy.servlet.synchronous;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;

/** A body that is always ready: reading it waits. Its listener is served at once, in the thread that sets it. */
public final class BlockingInput extends ServletInputStream {
    private final ServletInputStream in;
    private boolean finished;

    BlockingInput(ServletInputStream in) {
        this.in = in;
    }

    /** A request whose body is read so. */
    public static HttpServletRequest of(HttpServletRequest request) {
        return new HttpServletRequestWrapper(request) {
            @Override
            public ServletInputStream getInputStream() throws IOException {
                return new BlockingInput(super.getInputStream());
            }
        };
    }

    @Override
    public void setReadListener(ReadListener listener) {
        try {
            listener.onDataAvailable();
            if (finished) {
                listener.onAllDataRead();
            }
        } catch (IOException e) {
            listener.onError(e);
        }
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public boolean isFinished() {
        return finished;
    }

    @Override
    public int read() throws IOException {
        int next = in.read();
        finished |= next == -1;
        return next;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = in.read(bytes, offset, length);
        finished |= count == -1;
        return count;
    }
}
