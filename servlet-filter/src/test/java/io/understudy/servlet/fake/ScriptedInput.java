package io.understudy.servlet.fake;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * A caller's body as the container hands it over: piece by piece, and only to a reader who has asked whether it is
 * ready.
 */
public final class ScriptedInput extends ServletInputStream {
    private final Queue<byte[]> arrived = new ArrayDeque<>();
    private @Nullable ReadListener listener;
    private byte[] current = {};
    private int position;
    private boolean ended;
    private boolean asked;
    private int taken;

    /** Bytes arrive. */
    public void arrive(byte[] bytes) throws IOException {
        arrived.add(bytes);
        listener().onDataAvailable();
    }

    /** The body ends. */
    public void end() throws IOException {
        ended = true;
        listener().onAllDataRead();
    }

    /** The caller breaks off. */
    public void fail(Throwable cause) {
        listener().onError(cause);
    }

    /** Whether somebody reads it at all. */
    public boolean isRead() {
        return listener != null;
    }

    /** How many bytes were taken. */
    public int taken() {
        return taken;
    }

    @Override
    public boolean isFinished() {
        return ended && !isAvailable();
    }

    @Override
    public boolean isReady() {
        asked = isAvailable();
        return asked;
    }

    @Override
    public void setReadListener(ReadListener reader) {
        listener = reader;
    }

    @Override
    public int read() {
        throw new UnsupportedOperationException("byte by byte");
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
        if (!asked) {
            throw new IllegalStateException("read without having been told that it is ready");
        }
        asked = false;
        if (position == current.length) {
            current = Objects.requireNonNull(arrived.poll(), "nothing there");
            position = 0;
        }
        int count = Math.min(length, current.length - position);
        System.arraycopy(current, position, bytes, offset, count);
        position += count;
        taken += count;
        return count;
    }

    private boolean isAvailable() {
        return position < current.length || !arrived.isEmpty();
    }

    private ReadListener listener() {
        return Objects.requireNonNull(listener, "nobody reads");
    }
}
