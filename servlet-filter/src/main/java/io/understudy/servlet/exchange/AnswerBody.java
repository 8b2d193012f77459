package io.understudy.servlet.exchange;

import io.understudy.servlet.inbound.BufferBudget;
import io.understudy.servlet.loop.SerialLoop;
import io.understudy.servlet.upstream.UpstreamResponse;

/**
 * The body of an answer that is read to its end before anybody looks at it. Of an error its beginning will do: it may be
 * too long, or there may be no room for more. In the exchange's loop.
 */
final class AnswerBody implements BodyReader.Listener {
    /** Hears, once, what came of it. */
    interface Listener {
        /** All of it is there, or as much as it takes. */
        void whole(UpstreamAnswer answer);

        /** It broke off. */
        void lost(Throwable cause);

        /** A good answer is longer than it may be. */
        void tooLong();

        /** There is no room for a good answer. */
        void noRoom();
    }

    /** An error body longer than this is cut, which leaves it unparseable. */
    private static final long MAX_ERROR_BODY = 256 * 1024;

    private final UpstreamResponse head;
    private final Listener listener;

    private AnswerBody(UpstreamResponse head, Listener listener) {
        this.head = head;
        this.listener = listener;
    }

    /**
     * Begins to read.
     *
     * @param limit how long a good answer may be, in bytes
     */
    static void read(UpstreamResponse head, long limit, BufferBudget.Share held, SerialLoop loop, Listener listener) {
        AnswerBody body = new AnswerBody(head, listener);
        new BodyReader(head.content(), body.isError() ? MAX_ERROR_BODY : limit, held, loop, body).read();
    }

    private boolean isError() {
        return head.status() >= 300;
    }

    @Override
    public void read(byte[] body) {
        listener.whole(UpstreamAnswer.of(head, body));
    }

    @Override
    public void broken(Throwable cause) {
        listener.lost(cause);
    }

    @Override
    public void tooLong(byte[] beginning) {
        if (isError()) {
            read(beginning);
        } else {
            listener.tooLong();
        }
    }

    @Override
    public void noRoom(byte[] beginning) {
        if (isError()) {
            read(beginning);
        } else {
            listener.noRoom();
        }
    }
}
