package io.understudy.servlet.relay;

import io.understudy.servlet.loop.SerialLoop;
import io.understudy.servlet.loop.Timers;
import io.understudy.servlet.loop.Timers.Timer;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The caller's side of an answer: bytes queued in order and written only while the container is ready for them. To be
 * used in the exchange's loop only; the container's callbacks post to it.
 */
public final class CallerOutput implements WriteListener {
    /** A container copies what it can't write at once: so it gets large bodies in slices. */
    private static final int SLICE = 32 * 1024;

    /** How long the container is held up at most while a write that has failed is still on its way out. */
    private static final Duration WITHDRAWAL = Duration.ofSeconds(1);

    private final LentResponse response;
    private final SerialLoop loop;
    private final Timers timers;
    private final Duration stalledWrite;
    private final Consumer<Throwable> gone;

    private final Queue<byte[]> queue = new ArrayDeque<>();
    private int written;
    private boolean writable;
    private boolean flushWanted;
    private boolean givenUp;
    private @Nullable Runnable ending;
    private Runnable drained = () -> {};

    /**
     * The output of a request whose asynchronous processing has begun.
     *
     * @param stalledWrite after how long a caller who takes nothing counts as gone
     * @param gone is told when the container reports that the caller has left, and when its connection was broken off
     */
    public CallerOutput(
            AsyncContext context,
            HttpServletResponse response,
            SerialLoop loop,
            Timers timers,
            Duration stalledWrite,
            Consumer<Throwable> gone) {
        this.response = new LentResponse(context, response, WITHDRAWAL);
        this.loop = loop;
        this.timers = timers;
        this.stalledWrite = stalledWrite;
        this.gone = gone;
    }

    /** Whether status and headers have been given away. */
    public boolean isOpen() {
        return response.isOpen();
    }

    /** Leaves the answer to somebody else: nothing has been or will be written here. */
    public void pass() {
        response.pass();
    }

    /** Sends a complete answer and ends the exchange's processing. */
    public void answer(int status, Map<String, List<String>> headers, byte[] body) {
        open(status, headers, body.length);
        write(body);
        finish();
    }

    /** Opens a streamed answer. */
    public void openStream(int status, Map<String, List<String>> headers) {
        open(status, headers, null);
    }

    /** Sets who is told whenever all has been written and there is room for more. */
    public void onDrained(Runnable whenDrained) {
        drained = whenDrained;
    }

    /** Queues bytes, and writes what can be written; does nothing once the answer has been finished. */
    public void write(byte[] bytes) {
        if (!response.isOver() && ending == null && bytes.length > 0) {
            queue.add(bytes);
            pump();
        }
    }

    /** Makes sure that what was written leaves now. */
    public void flush() {
        if (!response.isOver()) {
            flushWanted = true;
            pump();
        }
    }

    /** Ends the answer when everything has been written. */
    public void finish() {
        endWith(response::complete);
    }

    /** Breaks the connection when everything has been written, so that nobody takes the answer for a whole one. */
    public void breakOff() {
        endWith(() -> {
            response.breakOff();
            // Jetty does not report the end of what it broke off.
            loop.execute(() -> gone.accept(new IOException("the connection was broken off")));
        });
    }

    /** Whether it has ended by {@link #breakOff()}: what the container reports then is no caller's doing. */
    public boolean isBrokenOff() {
        return response.isBroken();
    }

    /** Whether everything queued has been taken by the container, which has room for more. */
    public boolean isDrained() {
        return writable && queue.isEmpty();
    }

    /** Whether nothing is waiting to be written. */
    public boolean isIdle() {
        return queue.isEmpty();
    }

    /**
     * Ends the processing at once, whatever is queued; does nothing the second time. Who was given up without a word of
     * the container may still listen: that connection is broken.
     */
    public void abandon() {
        queue.clear();
        if (givenUp) {
            response.giveUp();
        } else {
            response.complete();
        }
    }

    /**
     * Ends the processing because the container says so, in the container's thread: when this returns, nobody touches the
     * response any more.
     */
    public void withdraw() {
        response.withdraw();
    }

    @Override
    public void onWritePossible() {
        loop.execute(() -> {
            writable = true;
            timers.stop(Timer.STALLED_WRITE);
            pump();
            if (!response.isOver() && isDrained()) {
                drained.run();
            }
        });
    }

    @Override
    public void onError(Throwable t) {
        loop.execute(() -> fail(t));
    }

    private void open(int status, Map<String, List<String>> headers, @Nullable Integer length) {
        try {
            response.open(status, headers, length, this);
        } catch (IOException e) {
            fail(e);
        } catch (RuntimeException e) {
            giveUp(e);
        }
    }

    private void endWith(Runnable how) {
        ending = how;
        pump();
    }

    private void pump() {
        try {
            response.use(this::writeOut);
        } catch (IOException e) {
            fail(e);
        } catch (IllegalStateException e) {
            giveUp(e);
        }
        watch();
    }

    private void writeOut(ServletOutputStream stream) throws IOException {
        while (writable && !queue.isEmpty() && ready(stream)) {
            writeSlice(stream);
        }
        if (writable && flushWanted && queue.isEmpty() && ready(stream)) {
            flushWanted = false;
            stream.flush();
        }
        Runnable end = ending;
        if (writable && end != null && queue.isEmpty() && ready(stream)) {
            end.run();
        }
    }

    /** While something waits for the container, the time runs in which the caller must take some of it. */
    private void watch() {
        if (response.isOver() || writable || (queue.isEmpty() && ending == null)) {
            timers.stop(Timer.STALLED_WRITE);
        } else if (!timers.runs(Timer.STALLED_WRITE)) {
            timers.start(
                    Timer.STALLED_WRITE,
                    stalledWrite,
                    () -> giveUp(new IOException("the caller took nothing for " + stalledWrite)));
        }
    }

    /** Not ready means that the container will call when it is, and must not be asked before. */
    private boolean ready(ServletOutputStream stream) {
        writable = stream.isReady();
        return writable;
    }

    private void writeSlice(ServletOutputStream stream) throws IOException {
        byte[] bytes = queue.element();
        int size = Math.min(SLICE, bytes.length - written);
        stream.write(bytes, written, size);
        written += size;
        if (written == bytes.length) {
            queue.remove();
            written = 0;
        }
    }

    private void giveUp(Exception cause) {
        givenUp = true;
        fail(cause);
    }

    private void fail(Throwable cause) {
        if (!response.isOver()) {
            gone.accept(cause);
        }
    }
}
