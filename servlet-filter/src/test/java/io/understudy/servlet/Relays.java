package io.understudy.servlet;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Accepts connections and passes their bytes on, in both directions, until either side ends. */
final class Relays implements AutoCloseable {
    /** Finds the other side of a connection, after having read what tells. */
    interface Route {
        Socket open(Socket client) throws IOException;
    }

    private final ServerSocket server;
    private final Route route;
    private final Queue<Closeable> open = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "relay");
        thread.setDaemon(true);
        return thread;
    });

    private Relays(ServerSocket server, Route route) {
        this.server = server;
        this.route = route;
        open.add(server);
        threads.execute(this::accept);
    }

    static Relays start(ServerSocket server, Route route) {
        return new Relays(server, route);
    }

    int port() {
        return server.getLocalPort();
    }

    @Override
    public void close() {
        open.forEach(Relays::close);
        threads.shutdownNow();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                open.add(client);
                threads.execute(() -> relay(client));
            }
        } catch (IOException closed) {
            close(server);
        }
    }

    private void relay(Socket client) {
        try {
            Socket other = route.open(client);
            open.add(other);
            threads.execute(() -> pump(other, client));
            pump(client, other);
        } catch (IOException refused) {
            close(client);
        }
    }

    private static void pump(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException ended) {
            // Closing both is all there is to do.
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
