package io.understudy.servlet.synchronous;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.function.BooleanSupplier;

/** An answer's body that is always ready: writing it waits until the caller has room. */
final class BlockingOutput extends ServletOutputStream {
    private static final String LENGTH = "Content-Length";

    private final ServletOutputStream out;

    BlockingOutput(ServletOutputStream out) {
        this.out = out;
    }

    /** A response whose body is written so, if it is opened while that is to be. */
    static HttpServletResponse of(HttpServletResponse response, BooleanSupplier blocking) {
        return new HttpServletResponseWrapper(response) {
            @Override
            public ServletOutputStream getOutputStream() throws IOException {
                ServletOutputStream out = super.getOutputStream();
                return blocking.getAsBoolean() ? new BlockingOutput(out) : out;
            }

            /** Whoever takes the answer in front of us, to compress it for one, listens to the method made for a length. */
            @Override
            public void setHeader(String name, String value) {
                if (name.equals(LENGTH) && blocking.getAsBoolean()) {
                    super.setContentLength(Integer.parseInt(value));
                } else {
                    super.setHeader(name, value);
                }
            }
        };
    }

    @Override
    public void setWriteListener(WriteListener listener) {
        try {
            listener.onWritePossible();
        } catch (IOException e) {
            listener.onError(e);
        }
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public void write(int octet) throws IOException {
        out.write(octet);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
