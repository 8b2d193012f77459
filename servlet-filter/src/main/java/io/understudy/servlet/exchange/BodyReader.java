package io.understudy.servlet.exchange;

import io.understudy.servlet.inbound.BufferBudget;
import io.understudy.servlet.relay.Unread;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.Content;

/** Reads a body to its end, up to a limit, without blocking; in the exchange's loop. */
final class BodyReader {
    /** How the reading ended. */
    interface Listener {
        /** The whole body is there. */
        void read(byte[] body);

        /** The body broke off. */
        void broken(Throwable cause);

        /** The body is longer than it may be; {@code beginning} is as much as was read. */
        void tooLong(byte[] beginning);

        /** The gateway has no room for more of it; {@code beginning} is as much as was read. */
        void noRoom(byte[] beginning);
    }

    private final Content.Source content;
    private final long limit;
    private final BufferBudget.Share share;
    private final Executor loop;
    private final Listener listener;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream(2048);

    BodyReader(Content.Source content, long limit, BufferBudget.Share share, Executor loop, Listener listener) {
        this.content = content;
        this.limit = limit;
        this.share = share;
        this.loop = loop;
        this.listener = listener;
    }

    void read() {
        Content.Chunk chunk = content.read();
        while (chunk != null && take(chunk)) {
            chunk = content.read();
        }
        if (chunk == null) {
            content.demand(() -> loop.execute(this::read));
        }
    }

    /** Whether to go on. */
    private boolean take(Content.Chunk chunk) {
        if (Content.Chunk.isFailure(chunk)) {
            listener.broken(chunk.getFailure());
            return false;
        }
        int size = chunk.remaining();
        boolean fits = body.size() + (long) size <= limit;
        boolean room = fits && share.add(size);
        if (room) {
            byte[] bytes = new byte[size];
            chunk.getByteBuffer().get(bytes);
            body.writeBytes(bytes);
        }
        chunk.release();
        if (!room) {
            Unread.giveBack(content);
        }
        if (!fits) {
            listener.tooLong(body.toByteArray());
        } else if (!room) {
            listener.noRoom(body.toByteArray());
        } else if (chunk.isLast()) {
            listener.read(body.toByteArray());
        }
        return room && !chunk.isLast();
    }
}
