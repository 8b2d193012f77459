package io.understudy.servlet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** An HTTP proxy on the loopback address, for tunnels and for requests by absolute URL; it remembers their heads. */
final class SmallProxy implements AutoCloseable {
    private final Queue<String> heads = new ConcurrentLinkedQueue<>();
    private final Relays relays;

    SmallProxy() {
        try {
            relays = Relays.start(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), this::route);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first head of every connection, in the order in which they came. */
    List<String> heads() {
        return List.copyOf(heads);
    }

    String url() {
        return "http://127.0.0.1:" + relays.port();
    }

    @Override
    public void close() {
        relays.close();
    }

    private Socket route(Socket client) throws IOException {
        String head = head(client.getInputStream());
        heads.add(head);
        String target = head.split(" ", 3)[1];
        boolean tunnel = head.startsWith("CONNECT ");
        URI url = URI.create(tunnel ? "https://" + target : target);
        Socket other = new Socket(url.getHost(), url.getPort());
        if (tunnel) {
            client.getOutputStream().write("HTTP/1.1 200 Connection Established\r\n\r\n".getBytes(ISO_8859_1));
        } else {
            other.getOutputStream().write(head.getBytes(ISO_8859_1));
        }
        return other;
    }

    /** Byte by byte: what follows belongs to somebody else. */
    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        for (int next = in.read(); next != -1; next = in.read()) {
            head.write(next);
            if (head.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
                return head.toString(ISO_8859_1);
            }
        }
        throw new IOException("no head");
    }
}
