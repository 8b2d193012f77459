package io.understudy.servlet.upstream;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Reads what is left of a body that nobody needs, so that its connection can be used again; if that takes long or is
 * much, the connection is closed instead.
 */
public final class Leftovers {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final long MAX_BYTES = 64 * 1024;

    private final Content.Source content;
    private final UpstreamCall call;
    private final Scheduler.Task giveUp;
    private long bytes;

    private Leftovers(Content.Source content, UpstreamCall call, Scheduler scheduler) {
        this.content = content;
        this.call = call;
        this.giveUp = scheduler.schedule(
                () -> call.abort(new IOException("the rest of the answer did not come")),
                PATIENCE.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** Begins to read; returns at once. */
    public static void discard(Content.Source content, UpstreamCall call, Scheduler scheduler) {
        new Leftovers(content, call, scheduler).read();
    }

    private void read() {
        for (Content.Chunk chunk = content.read(); chunk != null; chunk = content.read()) {
            bytes += chunk.remaining();
            chunk.release();
            if (chunk.isLast() || Content.Chunk.isFailure(chunk)) {
                giveUp.cancel();
                return;
            }
            if (bytes > MAX_BYTES) {
                giveUp.cancel();
                call.abort(new IOException("the rest of the answer is too long"));
                return;
            }
        }
        content.demand(this::read);
    }
}
