package io.understudy.servlet.relay;

import org.eclipse.jetty.io.Content;

/**
 * What the network has brought of a body that nobody will read on. Jetty's client gives its buffer back when it finds
 * nothing more to read, and never if the call is aborted before: so whoever reads a body looks once more first.
 */
public final class Unread {
    private static final long MAX_BYTES = 64 * 1024;

    private Unread() {}

    /** Reads what is there, without waiting; by whoever has read the body so far, and not while it waits for more. */
    public static void giveBack(Content.Source content) {
        long bytes = 0;
        Content.Chunk chunk = content.read();
        while (chunk != null) {
            bytes += chunk.remaining();
            chunk.release();
            chunk = chunk.isLast() || Content.Chunk.isFailure(chunk) || bytes > MAX_BYTES ? null : content.read();
        }
    }
}
