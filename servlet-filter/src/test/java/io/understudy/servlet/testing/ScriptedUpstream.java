package io.understudy.servlet.testing;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.DiscardPolicy;
import java.util.function.Function;

/**
 * An LLM provider on a raw socket of the loopback address. It does what its script says, byte for byte and fault for
 * fault, and remembers what it received.
 *
 * <p>The script is a queue of replies, one for each request in the order in which they come; then, for every further
 * one, whatever {@link #always} says. A request that nothing was scripted for is answered with 418.
 */
public final class ScriptedUpstream implements AutoCloseable {
    private static final int BACKLOG = 1024;

    private final ServerSocket server;
    private final Socket placeholder = new Socket();
    private final CompletableFuture<Void> deaf = new CompletableFuture<>();
    private final ExecutorService threads;
    private final Playbook playbook = new Playbook();
    private final List<UpstreamConnection> connections = new CopyOnWriteArrayList<>();
    private final List<ReceivedRequest> requests = new CopyOnWriteArrayList<>();
    private final BlockingQueue<ReceivedRequest> unseen = new LinkedBlockingQueue<>();

    private ScriptedUpstream(ServerSocket server) throws IOException {
        this.server = server;
        server.setReuseAddress(true);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        threads = new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, 10, SECONDS, new SynchronousQueue<>(), this::thread, new DiscardPolicy());
        threads.execute(this::accept);
    }

    /** A provider that listens on a port of its own. */
    public static ScriptedUpstream start() {
        try {
            return new ScriptedUpstream(new ServerSocket());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A provider whose sockets take in little at a time, so that what it does not read stays at the sender. */
    public static ScriptedUpstream startNarrow() {
        try {
            ServerSocket server = new ServerSocket();
            server.setReceiveBufferSize(4096);
            return new ScriptedUpstream(server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts replies at the end of the queue. */
    public ScriptedUpstream then(Reply... replies) {
        List.of(replies).forEach(playbook::add);
        return this;
    }

    /**
     * Replies once to the next request on a connection that has had one before. How many connections a client opens for
     * requests one after another is the client's business; this reply finds one that it kept.
     */
    public ScriptedUpstream thenOnReuse(Reply reply) {
        playbook.addOnReuse(reply);
        return this;
    }

    /** From now on, until {@link #always}, every new connection is reset as soon as it is there. */
    public ScriptedUpstream resetAtConnect() {
        playbook.resetAtConnect();
        return this;
    }

    /** Replies to every request that comes when the queue is empty. */
    public ScriptedUpstream always(Reply reply) {
        return always(request -> reply);
    }

    /** Replies to every request that comes when the queue is empty, looking at its head. */
    public ScriptedUpstream always(Function<MessageHead, Reply> replies) {
        playbook.afterwards(replies);
        return this;
    }

    /** From now on connections are refused; those that are there stay. The port is still nobody else's. */
    public ScriptedUpstream refuse() {
        InetSocketAddress address = new InetSocketAddress(server.getInetAddress(), port());
        try {
            server.close();
            Limit.await(deaf, "the end of accepting");
            placeholder.setReuseAddress(true);
            placeholder.bind(address);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Closes every connection that is open now, as a provider does with idle ones. */
    public void closeConnections() {
        connections.forEach(ScriptedUpstream::close);
    }

    /** The port it listens on. */
    public int port() {
        return server.getLocalPort();
    }

    /** What a provider's configuration calls {@code baseUrl}. */
    public String baseUrl() {
        return "http://127.0.0.1:%d/v1".formatted(port());
    }

    /** The next request that no test has seen yet; waits for it. */
    public ReceivedRequest awaitRequest() {
        return awaitNext(unseen, "a request at the upstream");
    }

    /** Every request so far. */
    public List<ReceivedRequest> requests() {
        return List.copyOf(requests);
    }

    /** How many connections there have been; they are numbered from 1. */
    public int connections() {
        return connections.size();
    }

    /** How many connections are open now. */
    public int openConnections() {
        return (int) connections.stream()
                .filter(connection -> !connection.closed().isDone())
                .count();
    }

    /** How many connections are in the middle of an answer now. */
    public int busyConnections() {
        return (int)
                connections.stream().filter(UpstreamConnection::isAnswering).count();
    }

    /** Waits for the end of a connection. */
    public Closed awaitClosed(int connection) {
        return Limit.await(closed(connection), "the end of connection " + connection);
    }

    /** How a connection ends, when it does. */
    public CompletableFuture<Closed> closed(int connection) {
        return connection(connection).closed().copy();
    }

    /** How many bytes have been handed to a connection's socket. */
    public long written(int connection) {
        return connection(connection).written();
    }

    @Override
    public void close() {
        close(server);
        close(placeholder);
        closeConnections();
        threads.shutdown();
    }

    private Thread thread(Runnable task) {
        Thread thread = new Thread(task, "scripted-upstream-" + port());
        thread.setDaemon(true);
        return thread;
    }

    private UpstreamConnection connection(int number) {
        return connections.get(number - 1);
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                UpstreamConnection connection = new UpstreamConnection(connections.size() + 1, socket);
                connections.add(connection);
                threads.execute(() -> connection.serve(playbook, threads, this::received));
            }
        } catch (IOException e) {
            close(server);
            deaf.complete(null);
        }
    }

    private void received(ReceivedRequest request) {
        requests.add(request);
        unseen.add(request);
    }

    private static <T> T awaitNext(BlockingQueue<T> queue, String what) {
        try {
            T next = queue.poll(Limit.PATIENCE.toNanos(), NANOSECONDS);
            if (next == null) {
                throw new AssertionError("%s did not come within %s".formatted(what, Limit.PATIENCE));
            }
            return next;
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while waiting for " + what, e);
        }
    }

    private static void close(Closeable closeable) {
        try {
            closeable.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
