package io.understudy.servlet.testing;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads HTTP/1.1 messages off a stream of bytes; what is cut short is an {@link EOFException}. */
final class HttpInput {
    private static final int BLOCK = 8192;

    private final InputStream in;

    private boolean insideChunks;

    HttpInput(InputStream in) {
        this.in = new BufferedInputStream(in, BLOCK);
    }

    /** The next message's head; empty if the stream ends before its first byte. */
    Optional<MessageHead> head() throws IOException {
        int first = in.read();
        return first < 0 ? Optional.empty() : Optional.of(headFrom(first));
    }

    /** The body of a request: framed by its headers, and nothing without a frame. */
    void requestBody(Headers headers, OutputStream sink) throws IOException {
        if (isChunked(headers)) {
            chunks(sink);
        } else {
            copy(length(headers).orElse(0L), sink);
        }
    }

    /** The body of a response: framed by its headers, and up to the end of the stream without a frame. */
    void responseBody(Headers headers, OutputStream sink) throws IOException {
        if (isChunked(headers) || length(headers).isPresent()) {
            requestBody(headers, sink);
        } else {
            in.transferTo(sink);
        }
    }

    /**
     * The next chunk of a chunked body; empty for the last one. A chunk is there when its bytes are: some servers send the
     * line end behind it only with the chunk that follows.
     */
    byte[] chunk() throws IOException {
        if (insideChunks) {
            line(in.read());
        }
        long size = Long.parseLong(line(in.read()).split(";", 2)[0].strip(), 16);
        ByteArrayOutputStream chunk = new ByteArrayOutputStream();
        copy(size, chunk);
        insideChunks = size > 0;
        if (!insideChunks) {
            line(in.read());
        }
        return chunk.toByteArray();
    }

    /** The next byte, or -1 at the end. */
    int read() throws IOException {
        return in.read();
    }

    /** As many bytes as there are up to {@code length}; fewer only at the end. */
    byte[] bytes(int length) throws IOException {
        return in.readNBytes(length);
    }

    private static boolean isChunked(Headers headers) {
        return headers.first("Transfer-Encoding")
                .filter("chunked"::equalsIgnoreCase)
                .isPresent();
    }

    private static Optional<Long> length(Headers headers) {
        return headers.first("Content-Length").map(Long::valueOf);
    }

    private MessageHead headFrom(int firstByte) throws IOException {
        String start = line(firstByte);
        List<Headers.Field> fields = new ArrayList<>();
        for (String line = line(in.read()); !line.isEmpty(); line = line(in.read())) {
            fields.add(Headers.Field.parse(line));
        }
        return new MessageHead(start, new Headers(fields));
    }

    private void chunks(OutputStream sink) throws IOException {
        for (byte[] chunk = chunk(); chunk.length > 0; chunk = chunk()) {
            sink.write(chunk);
        }
    }

    private void copy(long length, OutputStream sink) throws IOException {
        byte[] block = new byte[BLOCK];
        for (long left = length; left > 0; ) {
            int read = in.read(block, 0, (int) Math.min(left, BLOCK));
            if (read < 0) {
                throw new EOFException("%d bytes short of %d".formatted(left, length));
            }
            sink.write(block, 0, read);
            left -= read;
        }
    }

    private String line(int firstByte) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = firstByte; next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("inside the line '" + line + "'");
            }
            line.write(next);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
}
