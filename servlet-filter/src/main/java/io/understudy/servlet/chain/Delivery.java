package io.understudy.servlet.chain;

import io.understudy.servlet.synchronous.HeldThread;
import io.understudy.servlet.upstream.UpstreamClient;
import io.understudy.servlet.upstream.UpstreamResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntSupplier;
import org.eclipse.jetty.io.content.AsyncContent;
import org.eclipse.jetty.util.Callback;

/**
 * The way of an answer from the application, which writes and waits, to the exchange, which reads when it is told that
 * there is something. Both have one thread, the container's: whenever the application has written, the exchange's tasks
 * get it until they have taken what was written. Used in that thread, but for {@link #refuse}.
 */
final class Delivery {
    private final AsyncContent content = new AsyncContent();
    private final HeldThread thread;
    private final UpstreamClient.Listener listener;
    private boolean begun;
    private volatile boolean refused;

    Delivery(HeldThread thread, UpstreamClient.Listener listener) {
        this.thread = thread;
        this.listener = listener;
    }

    /** Whether the exchange has been told of the answer. */
    boolean isBegun() {
        return begun;
    }

    /** Whether nobody wants any more of it. */
    boolean isRefused() {
        return refused;
    }

    /** Tells of the head of the answer. */
    void begin(int status, Map<String, List<String>> headers) {
        begun = true;
        listener.answered(new UpstreamResponse(status, headers, true, content));
    }

    /**
     * Hands bytes over; they are free for other uses when this returns.
     *
     * @throws IOException if nobody wants them: the caller has left, or somebody else answers
     */
    void write(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return;
        }
        Callback.Completable taken = new Callback.Completable();
        content.write(false, ByteBuffer.wrap(bytes, offset, length), taken);
        await(taken);
        if (!taken.isDone() || taken.isCompletedExceptionally()) {
            throw new IOException(
                    "nobody wants the rest of this answer: the caller has left, or somebody else answers");
        }
    }

    /** The answer is whole. */
    void end() {
        content.write(true, ByteBuffer.allocate(0), Callback.NOOP);
    }

    /** The answer breaks off. */
    void fail(Throwable cause) {
        content.fail(cause);
    }

    /** Nobody wants it; in any thread. */
    void refuse(Throwable cause) {
        refused = true;
        content.fail(cause);
    }

    /**
     * Asks whether the application may answer the caller by itself.
     *
     * @param status the status that it answers with, when it has
     */
    boolean mayPass(IntSupplier status) throws IOException {
        CompletableFuture<Boolean> accepted = new CompletableFuture<>();
        listener.passing(status, accepted::complete);
        await(accepted);
        return accepted.getNow(false);
    }

    private void await(CompletableFuture<?> done) throws IOException {
        try {
            thread.holdUntil(done::isDone);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while an answer was handed over");
        }
    }
}
