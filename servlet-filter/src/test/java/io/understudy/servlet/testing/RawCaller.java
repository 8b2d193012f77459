package io.understudy.servlet.testing;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** A caller on a raw socket: it sends the bytes it is given, reads when it is told to and leaves in any manner. */
public final class RawCaller implements AutoCloseable {
    private final Socket socket;
    private final HttpInput in;

    private RawCaller(Socket socket, int port) throws IOException {
        this.socket = socket;
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.setTcpNoDelay(true);
        socket.setSoTimeout((int) Limit.PATIENCE.toMillis());
        this.in = new HttpInput(socket.getInputStream());
    }

    /** A caller connected to a port of the loopback address. */
    public static RawCaller connect(int port) {
        return checked(() -> new RawCaller(new Socket(), port));
    }

    /** A caller whose socket takes in little at a time, so that what it does not read stays at the sender. */
    public static RawCaller connectNarrow(int port) {
        return checked(() -> {
            Socket socket = new Socket();
            socket.setReceiveBufferSize(4096);
            return new RawCaller(socket, port);
        });
    }

    /** Sends bytes as they are. */
    public RawCaller send(byte[] bytes) {
        return checked(() -> {
            socket.getOutputStream().write(bytes);
            return this;
        });
    }

    /** Sends text as UTF-8, as it is. */
    public RawCaller send(String text) {
        return send(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends a POST with a body of known length; {@code Host} and {@code Content-Length} are added. */
    public RawCaller post(String target, byte[] body, String... headers) {
        String head = "POST %s HTTP/1.1\r\nHost: localhost:%d\r\nContent-Length: %d\r\n%s\r\n"
                .formatted(
                        target,
                        socket.getPort(),
                        body.length,
                        Headers.of(headers).onTheWire());
        return send(head).send(body);
    }

    /** Sends a POST with a JSON body. */
    public RawCaller postJson(String target, String json) {
        return post(target, json.getBytes(StandardCharsets.UTF_8), "Content-Type", "application/json");
    }

    /** Reads a response's head. */
    public MessageHead head() {
        return checked(() -> in.head().orElseThrow(() -> new EOFException("no response")));
    }

    /** Reads a whole response. */
    public RawAnswer answer() {
        MessageHead head = head();
        return checked(() -> {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            in.responseBody(head.headers(), body);
            return new RawAnswer(head, body.toByteArray());
        });
    }

    /** Reads the next chunk of a chunked response; empty for the last one. */
    public String chunk() {
        return checked(() -> new String(in.chunk(), StandardCharsets.UTF_8));
    }

    /** Reads chunks until their text together contains {@code marker}; answers the text. */
    public String chunksUpTo(String marker) {
        StringBuilder text = new StringBuilder();
        while (text.indexOf(marker) < 0) {
            String chunk = chunk();
            if (chunk.isEmpty()) {
                throw new AssertionError("'%s' did not come before the end of: %s".formatted(marker, text));
            }
            text.append(chunk);
        }
        return text.toString();
    }

    /** Reads chunks to the last one; answers the text. */
    public String chunksUpToTheEnd() {
        StringBuilder text = new StringBuilder();
        for (String chunk = chunk(); !chunk.isEmpty(); chunk = chunk()) {
            text.append(chunk);
        }
        return text.toString();
    }

    /** Reads chunks until the connection breaks before the last one; answers the text. */
    public String chunksUpToTheBreak() {
        StringBuilder text = new StringBuilder();
        try {
            for (String chunk = chunk(); !chunk.isEmpty(); chunk = chunk()) {
                text.append(chunk);
            }
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof SocketTimeoutException) {
                throw e;
            }
            return text.toString();
        }
        throw new AssertionError("it ended in order: " + text);
    }

    /** Reads so many bytes, whatever they are; fewer only at the end of the connection. */
    public byte[] bytes(int length) {
        return checked(() -> in.bytes(length));
    }

    /** Whether the connection ends now in order; waits for its next byte or its end. */
    public boolean ended() {
        return checked(() -> in.read() < 0);
    }

    /** Sends no more (FIN), but goes on listening. */
    public RawCaller finishSending() {
        return checked(() -> {
            socket.shutdownOutput();
            return this;
        });
    }

    /** Leaves abruptly (RST). */
    public void reset() {
        checked(() -> {
            socket.setSoLinger(true, 0);
            socket.close();
            return this;
        });
    }

    /** Leaves in order (FIN). */
    @Override
    public void close() {
        checked(() -> {
            socket.close();
            return this;
        });
    }

    private static <T> T checked(Action<T> action) {
        try {
            return action.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Something that a socket may refuse. */
    private interface Action<T> {
        T run() throws IOException;
    }
}
