package io.understudy.servlet.fake;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/**
 * An upstream's body as the test supplies it, piece by piece. Counts what is read and what is given back, and holds the
 * reader to the rules: one demand at a time, and none while there is something to read.
 */
public final class ScriptedSource implements Content.Source {
    private final Queue<Content.Chunk> chunks = new ArrayDeque<>();
    private Content.@Nullable Chunk terminal;
    private @Nullable Runnable demand;
    private int unreleased;

    /** The next bytes. */
    public ScriptedSource bytes(byte[] bytes) {
        unreleased++;
        return add(Content.Chunk.from(ByteBuffer.wrap(bytes), false, () -> unreleased--));
    }

    /** The next text, in UTF-8. */
    public ScriptedSource text(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The end, as HTTP wants it. */
    public ScriptedSource end() {
        return add(Content.Chunk.EOF);
    }

    /** The end, because something broke. */
    public ScriptedSource broken(Throwable cause) {
        return add(Content.Chunk.from(cause));
    }

    /** Whether the reader waits for more. */
    public boolean isDemanded() {
        return demand != null;
    }

    /** How many chunks were read and not given back, or not read yet. */
    public int unreleased() {
        return unreleased;
    }

    /** How many chunks were read and never given back. */
    public long kept() {
        return unreleased - chunks.stream().filter(chunk -> !chunk.isLast()).count();
    }

    @Override
    public Content.@Nullable Chunk read() {
        if (terminal != null) {
            return terminal;
        }
        Content.Chunk chunk = chunks.poll();
        if (chunk != null && chunk.isLast()) {
            terminal = chunk;
        }
        return chunk;
    }

    @Override
    public void demand(Runnable callback) {
        if (demand != null) {
            throw new IllegalStateException("a second demand while one is pending");
        }
        demand = callback;
        serve();
    }

    @Override
    public void fail(Throwable cause) {
        terminal = Content.Chunk.from(cause);
        serve();
    }

    private ScriptedSource add(Content.Chunk chunk) {
        chunks.add(chunk);
        serve();
        return this;
    }

    private void serve() {
        Runnable waiting = demand;
        if (waiting != null && (terminal != null || !chunks.isEmpty())) {
            demand = null;
            waiting.run();
        }
    }
}
