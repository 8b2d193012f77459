package io.understudy.servlet.chain;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The stream that the application writes its answer to: into the held answer, or into what that has moved to. */
final class HeldOutput extends ServletOutputStream {
    private final HeldAnswer answer;
    private volatile @Nullable ServletOutputStream target;

    HeldOutput(HeldAnswer answer) {
        this.answer = answer;
    }

    void goOnIn(ServletOutputStream containers) {
        target = containers;
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        ServletOutputStream moved = target;
        if (moved == null) {
            answer.write(bytes, offset, length);
        } else {
            moved.write(bytes, offset, length);
        }
    }

    @Override
    public void flush() throws IOException {
        ServletOutputStream moved = target;
        if (moved == null) {
            answer.flushBuffer();
        } else {
            moved.flush();
        }
    }

    @Override
    public void close() throws IOException {
        ServletOutputStream moved = target;
        if (moved == null) {
            answer.close();
        } else {
            moved.close();
        }
    }

    @Override
    public boolean isReady() {
        ServletOutputStream moved = target;
        return moved == null || moved.isReady();
    }

    @Override
    public void setWriteListener(WriteListener listener) {
        ServletOutputStream moved = target;
        if (moved == null) {
            throw new IllegalStateException("a WriteListener needs startAsync first");
        }
        moved.setWriteListener(listener);
    }
}
