package io.understudy.servlet.testing;

import java.io.ByteArrayOutputStream;
import java.util.concurrent.CompletableFuture;

/** How much of a request a {@link ScriptedUpstream} reads before it answers. */
sealed interface Reading {
    /** The head; the body stays in the socket. */
    record Head() implements Reading {}

    /** All of it. */
    record Everything() implements Reading {}

    /**
     * All of it, but after so many bytes of the body not a byte more until the gate opens.
     *
     * @param bytes how much of the body is read at once
     * @param gate what the rest waits for
     */
    record Held(int bytes, Gate gate) implements Reading {}

    /** A sink for the body that takes it as this reading says; {@code closed} ends every waiting. */
    default ByteArrayOutputStream sink(CompletableFuture<?> closed) {
        return this instanceof Held held ? new HeldSink(held, closed) : new ByteArrayOutputStream();
    }

    /** Collects bytes and stands before the gate each time it holds enough of them. */
    final class HeldSink extends ByteArrayOutputStream {
        private final Held held;
        private final CompletableFuture<?> closed;

        HeldSink(Held held, CompletableFuture<?> closed) {
            this.held = held;
            this.closed = closed;
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            super.write(bytes, offset, length);
            if (size() >= held.bytes()) {
                held.gate().pass(closed);
            }
        }
    }
}
