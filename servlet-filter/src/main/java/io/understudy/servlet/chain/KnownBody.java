package io.understudy.servlet.chain;

import io.understudy.servlet.upstream.UpstreamBody;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/** A body that has been read already: always ready, and its listener is served at once, in the thread that sets it. */
final class KnownBody extends ServletInputStream {
    private final long length;
    private final Queue<ByteBuffer> left;

    KnownBody(UpstreamBody body) {
        this.length = body.length();
        this.left = new ArrayDeque<>(List.of(body.slices()));
        skipEmpty();
    }

    /** How long it is, from its beginning. */
    long length() {
        return length;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) == -1 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int most) {
        ByteBuffer slice = left.peek();
        if (slice == null) {
            return -1;
        }
        int count = Math.min(most, slice.remaining());
        slice.get(target, offset, count);
        skipEmpty();
        return count;
    }

    @Override
    public int available() {
        ByteBuffer slice = left.peek();
        return slice == null ? 0 : slice.remaining();
    }

    @Override
    public boolean isFinished() {
        return left.isEmpty();
    }

    @Override
    public boolean isReady() {
        return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {
        try {
            if (!isFinished()) {
                listener.onDataAvailable();
            }
            if (isFinished()) {
                listener.onAllDataRead();
            }
        } catch (IOException e) {
            listener.onError(e);
        }
    }

    private void skipEmpty() {
        while (!left.isEmpty() && !left.element().hasRemaining()) {
            left.remove();
        }
    }
}
