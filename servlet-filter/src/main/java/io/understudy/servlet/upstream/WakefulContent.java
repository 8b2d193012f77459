package io.understudy.servlet.upstream;

import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/**
 * A body that never sleeps through its own failure. Jetty forgets a demand when the connection is reset between the look
 * for more content and the wait for it; here the end of the exchange, which it does report, answers the demand as well.
 * As thread-safe as the body it stands for.
 */
final class WakefulContent implements Content.Source {
    private final Content.Source content;
    private final AtomicReference<@Nullable Runnable> demanded = new AtomicReference<>();
    private volatile @Nullable Throwable failure;

    WakefulContent(Content.Source content) {
        this.content = content;
    }

    /** The exchange has failed. */
    void failed(Throwable cause) {
        failure = cause;
        answer();
    }

    @Override
    public Content.@Nullable Chunk read() {
        Content.Chunk chunk = content.read();
        Throwable cause = failure;
        return chunk == null && cause != null ? Content.Chunk.from(cause) : chunk;
    }

    @Override
    public void demand(Runnable callback) {
        demanded.set(callback);
        if (failure == null) {
            content.demand(this::answer);
        }
        if (failure != null) {
            answer();
        }
    }

    @Override
    public void fail(Throwable cause) {
        content.fail(cause);
    }

    private void answer() {
        Runnable callback = demanded.getAndSet(null);
        if (callback != null) {
            callback.run();
        }
    }
}
