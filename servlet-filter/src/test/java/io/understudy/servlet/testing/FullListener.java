package io.understudy.servlet.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/** A port of the loopback address that does not answer: as many wait to be accepted as may, and nobody ever is. */
public final class FullListener implements AutoCloseable {
    private static final int ROOM = 1;
    private static final int MOST = 1_000;
    private static final int PATIENCE_MILLIS = 500;

    private final ServerSocket listener;
    private final List<Socket> waiting = new ArrayList<>();

    /** One that is full. */
    public FullListener() {
        try {
            listener = new ServerSocket(0, ROOM, InetAddress.getLoopbackAddress());
            while (enter()) {
                if (waiting.size() > MOST) {
                    throw new IllegalStateException("a listener that takes more than it has room for");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean enter() throws IOException {
        Socket socket = new Socket();
        waiting.add(socket);
        try {
            socket.connect(new InetSocketAddress(listener.getInetAddress(), listener.getLocalPort()), PATIENCE_MILLIS);
            return true;
        } catch (SocketTimeoutException full) {
            return false;
        }
    }

    /** What a provider's {@code baseUrl} would be here. */
    public String baseUrl() {
        return "http://127.0.0.1:" + listener.getLocalPort() + "/v1";
    }

    @Override
    public void close() {
        try {
            for (Socket socket : waiting) {
                socket.close();
            }
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
