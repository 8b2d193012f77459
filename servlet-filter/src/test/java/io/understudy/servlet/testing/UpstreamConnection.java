package io.understudy.servlet.testing;

import io.understudy.servlet.testing.Closed.How;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * One accepted connection of a {@link ScriptedUpstream}. It goes on reading while a reply is performed, so that the
 * peer's end is seen when it comes.
 */
final class UpstreamConnection implements Closeable {
    private final int number;
    private final Socket socket;
    private final HttpInput in;
    private final AtomicLong written = new AtomicLong();
    private final AtomicInteger answering = new AtomicInteger();
    private final CompletableFuture<Closed> closed = new CompletableFuture<>();

    UpstreamConnection(int number, Socket socket) throws IOException {
        this.number = number;
        this.socket = socket;
        this.in = new HttpInput(socket.getInputStream());
    }

    int number() {
        return number;
    }

    CompletableFuture<Closed> closed() {
        return closed;
    }

    long written() {
        return written.get();
    }

    /** Whether an answer is being given. */
    boolean isAnswering() {
        return answering.get() > 0;
    }

    /** Serves requests until the connection ends. */
    void serve(Playbook playbook, Executor answering, Consumer<ReceivedRequest> requests) {
        try {
            socket.setTcpNoDelay(true);
            if (playbook.isResettingAtConnect()) {
                reset();
            }
            ended(readRequests(playbook, answering, requests));
        } catch (IOException e) {
            ended(How.BROKEN_BY_PEER);
        }
    }

    void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        written.addAndGet(bytes.length);
    }

    void idle(Duration time) {
        CompletableFuture<Void> over = new CompletableFuture<>();
        CompletableFuture.anyOf(closed, over.completeOnTimeout(null, time.toNanos(), TimeUnit.NANOSECONDS))
                .join();
    }

    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        close();
    }

    @Override
    public void close() throws IOException {
        closed.complete(new Closed(How.BY_SCRIPT, System.nanoTime()));
        socket.close();
    }

    private How readRequests(Playbook playbook, Executor answering, Consumer<ReceivedRequest> requests)
            throws IOException {
        boolean reused = false;
        for (Optional<MessageHead> head = in.head(); head.isPresent(); head = in.head()) {
            Reply reply = playbook.replyTo(head.get(), reused);
            requests.accept(new ReceivedRequest(head.get(), body(head.get(), reply), number, reused));
            reused = true;
            answering.execute(() -> answer(reply));
            if (reply.reading() instanceof Reading.Head) {
                return closed.join().how();
            }
        }
        return How.BY_PEER;
    }

    private byte[] body(MessageHead head, Reply reply) throws IOException {
        ByteArrayOutputStream body = reply.reading().sink(closed);
        if (!(reply.reading() instanceof Reading.Head)) {
            in.requestBody(head.headers(), body);
        }
        return body.toByteArray();
    }

    private void answer(Reply reply) {
        answering.incrementAndGet();
        try {
            perform(reply);
        } catch (IOException e) {
            ended(How.BROKEN_BY_PEER);
        } finally {
            answering.decrementAndGet();
        }
    }

    private void perform(Reply reply) throws IOException {
        for (Step step : reply.steps()) {
            if (closed.isDone()) {
                return;
            }
            step.perform(this);
        }
    }

    private void ended(How how) {
        closed.complete(new Closed(how, System.nanoTime()));
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException("a socket that cannot be closed", e);
        }
    }
}
