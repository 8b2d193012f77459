package io.understudy.servlet.inbound;

import io.understudy.servlet.dialect.ApiError;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that all exchanges together may hold in bodies, held-back events and buffered answers. Thread-safe.
 */
public final class BufferBudget {
    private volatile long limit;
    private final AtomicLong used = new AtomicLong();

    /** A budget of so many bytes. */
    public BufferBudget(long limit) {
        this.limit = limit;
    }

    /** Changes how many bytes there are; what is held already stays held. */
    public void resize(long newLimit) {
        limit = newLimit;
    }

    /** A share of it that begins empty. */
    public Share share() {
        return new Share();
    }

    /** Bytes in use. */
    public long used() {
        return used.get();
    }

    /** What a caller is told for whom nothing is left. */
    public static ApiError exhausted() {
        return ApiError.failure(
                503,
                "gateway_overloaded",
                "the gateway holds as many bytes as it may (limits.maxBufferedBytes); try again in a second");
    }

    /** What one exchange holds; given back as a whole. Thread-safe. */
    public final class Share {
        private long held;
        private boolean released;

        /** Takes more, if so much is left; nothing more once it has been given back, since nobody would do that again. */
        public synchronized boolean add(long bytes) {
            if (released) {
                return false;
            }
            if (used.addAndGet(bytes) > limit) {
                used.addAndGet(-bytes);
                return false;
            }
            held += bytes;
            return true;
        }

        /** Gives a part of it back. */
        public synchronized void remove(long bytes) {
            if (!released) {
                held -= bytes;
                used.addAndGet(-bytes);
            }
        }

        /** Gives all of it back; harmless the second time. */
        public synchronized void release() {
            if (!released) {
                released = true;
                used.addAndGet(-held);
            }
        }
    }
}
