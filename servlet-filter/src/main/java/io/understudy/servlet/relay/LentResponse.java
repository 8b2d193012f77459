package io.understudy.servlet.relay;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The container's response while it is ours to use. It goes back once: because the answer has ended, or because the
 * container takes it, and then nobody touches it any more.
 */
final class LentResponse {
    private final AsyncContext context;
    private final HttpServletResponse response;
    private final Duration withdrawal;

    /**
     * Held whenever the response is touched or given back, and by the container when it takes the response back. Tomcat
     * reports a failed write in another thread while the write is still failing, and uses the response for somebody else
     * as soon as it has been told of: without this, the exception of one caller would end another one's stream. And it
     * then ends the context itself unless that has been done: without this, both would at the same time.
     */
    private final ReentrantLock touching = new ReentrantLock();

    private @Nullable ServletOutputStream out;
    private volatile boolean over;
    private volatile boolean broken;
    private volatile boolean givenUp;

    /** What is done with the open response. */
    interface Use {
        /** Does it. */
        void with(ServletOutputStream out) throws IOException;
    }

    /**
     * A response nobody has touched yet.
     *
     * @param withdrawal how long the container is held up at most while somebody is still at it
     */
    LentResponse(AsyncContext context, HttpServletResponse response, Duration withdrawal) {
        this.context = context;
        this.response = response;
        this.withdrawal = withdrawal;
    }

    /** Whether status and headers have been given away. */
    boolean isOpen() {
        return out != null;
    }

    /** Whether it has been given back. */
    boolean isOver() {
        return over;
    }

    /** Whether it was given back so that its connection breaks. */
    boolean isBroken() {
        return broken;
    }

    /**
     * Gives status and headers away, unless it has been taken back.
     *
     * @param length of the body; null if nobody knows it yet
     */
    void open(int status, Map<String, List<String>> headers, @Nullable Integer length, WriteListener listener)
            throws IOException {
        touching.lock();
        try {
            if (over) {
                return;
            }
            ServletOutputStream opened = response.getOutputStream();
            out = opened;
            response.setStatus(status);
            headers.forEach(this::set);
            if (length == null) {
                holdTheEndBack();
                // Open Liberty holds the first event back unless the head has been flushed before.
                response.flushBuffer();
            } else {
                // As a header, which every server has been seen with: see docs/adr/0003.
                response.setHeader("Content-Length", Integer.toString(length));
            }
            opened.setWriteListener(listener);
        } finally {
            touching.unlock();
        }
    }

    private void set(String name, List<String> values) {
        response.setHeader(name, values.get(0));
        values.subList(1, values.size()).forEach(value -> response.addHeader(name, value));
    }

    /** Uses it, if it is open and still ours. */
    void use(Use use) throws IOException {
        touching.lock();
        try {
            ServletOutputStream opened = out;
            if (opened != null && !over) {
                use.with(opened);
            }
        } finally {
            touching.unlock();
        }
    }

    /** Gives it back untouched: somebody else answers by it. */
    void pass() {
        over = true;
    }

    /** Gives it back as it is: the answer ends here. */
    void complete() {
        giveBack(this::end);
    }

    /** Gives it back so that its connection breaks, in containers that close the one of a dispatch that throws. */
    void breakOff() {
        giveBack(() -> {
            broken = true;
            BreakableRequest.within(context.getRequest()).breakOff();
            context.dispatch();
        });
    }

    /**
     * Gives it back in the middle of an answer that nothing has told of its end: the same, and where the container can't
     * break a connection, the end must not come.
     */
    void giveUp() {
        givenUp = true;
        breakOff();
    }

    /**
     * Gives it back because the container says so, in the container's thread: when this returns, nobody touches it any
     * more.
     */
    void withdraw() {
        boolean untouched = false;
        try {
            untouched = touching.tryLock(withdrawal.toMillis(), TimeUnit.MILLISECONDS);
            once(this::end);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (untouched) {
                touching.unlock();
            }
        }
    }

    private void end() {
        if (out == null) {
            // Whoever still listens, whatever the container says, must not take the silence for an answer.
            response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        }
        context.complete();
    }

    /**
     * WildFly and Payara end the answer of a dispatch that throws in order, unless its trailers can't be had: then WildFly
     * breaks the connection, and Payara leaves it without an end.
     */
    private void holdTheEndBack() {
        try {
            response.setTrailerFields(() -> {
                if (givenUp) {
                    throw new IllegalStateException("the answer was given up");
                }
                return Map.of();
            });
        } catch (IllegalStateException e) {
            // HTTP/1.0 has no trailers, and no end of a stream but that of its connection.
        }
    }

    private void giveBack(Runnable how) {
        touching.lock();
        try {
            once(how);
        } finally {
            touching.unlock();
        }
    }

    private void once(Runnable how) {
        if (over) {
            return;
        }
        over = true;
        try {
            how.run();
        } catch (IllegalStateException e) {
            // Tomcat ends the context by itself after an error and then refuses to have it ended.
        }
    }
}
