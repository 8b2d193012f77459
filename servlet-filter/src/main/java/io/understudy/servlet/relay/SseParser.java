package io.understudy.servlet.relay;

import io.understudy.servlet.dialect.StreamEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a byte stream into server-sent events and keeps their bytes as they came. Lines end with LF, CR or CRLF; a
 * leading byte order mark is not part of the first line; any split of the same bytes gives the same events, and the raw
 * bytes of all events together are the stream. Not thread-safe.
 *
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">WHATWG HTML, 9.2</a>
 */
public final class SseParser {
    /** The longest line that is accepted, in bytes. */
    static final int MAX_LINE = 1 << 20;
    /** The longest event that is accepted, in bytes. */
    static final int MAX_EVENT = 4 * MAX_LINE;

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private byte[] block = new byte[512];
    private int length;
    private int lineStart;
    private boolean afterCarriageReturn;
    private boolean firstLine = true;

    private String name = "";
    private byte @Nullable [] data;
    private int dataStart;
    private int dataLength;

    /** A line or an event beyond every sensible size. */
    public static final class TooLongException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooLongException(String message) {
            super(message);
        }
    }

    /**
     * Takes the next bytes and passes on every event that they complete; blocks without data, such as comments, too.
     *
     * @throws TooLongException if a line is longer than 1 MiB or an event longer than 4 MiB
     */
    public void parse(ByteBuffer bytes, Consumer<StreamEvent> events) {
        while (bytes.hasRemaining()) {
            byte b = bytes.get();
            append(b);
            boolean secondHalf = b == '\n' && afterCarriageReturn;
            afterCarriageReturn = false;
            if (secondHalf) {
                // Of a line end whose first half came with the bytes before.
                lineStart = length;
            } else if (b == '\n') {
                endLine(events);
            } else if (b == '\r') {
                afterCarriageReturn = !absorbed(bytes);
                endLine(events);
            }
        }
    }

    /** What the end of the stream left unfinished, read as if its blank line had come; null if nothing was. */
    public @Nullable StreamEvent unfinished() {
        if (length > lineStart) {
            field(lineStart, length);
            lineStart = length;
        }
        return length == 0 ? null : take();
    }

    private boolean absorbed(ByteBuffer bytes) {
        boolean lineFeed = bytes.hasRemaining() && bytes.get(bytes.position()) == '\n';
        if (lineFeed) {
            append(bytes.get());
        }
        return lineFeed;
    }

    private void endLine(Consumer<StreamEvent> events) {
        int end = length;
        while (end > lineStart && (block[end - 1] == '\n' || block[end - 1] == '\r')) {
            end--;
        }
        boolean blank = end == lineStart;
        if (!blank) {
            field(lineStart, end);
        }
        firstLine = false;
        lineStart = length;
        if (blank) {
            events.accept(take());
        }
    }

    private StreamEvent take() {
        byte[] raw = Arrays.copyOf(block, length);
        StreamEvent event =
                new StreamEvent(raw, name, data == null ? raw : data, data == null ? dataStart : 0, dataLength);
        length = 0;
        lineStart = 0;
        name = "";
        data = null;
        dataStart = 0;
        dataLength = 0;
        return event;
    }

    private void field(int from, int to) {
        int start = firstLine && startsWithByteOrderMark(from, to) ? from + BYTE_ORDER_MARK.length : from;
        int colon = start;
        while (colon < to && block[colon] != ':') {
            colon++;
        }
        int value = Math.min(colon + 1, to);
        if (value < to && block[value] == ' ') {
            value++;
        }
        switch (colon - start) {
            case 4 -> {
                if (is(start, "data")) {
                    addData(value, to);
                }
            }
            case 5 -> {
                if (is(start, "event")) {
                    name = new String(block, value, to - value, StandardCharsets.UTF_8);
                }
            }
            default -> {} // comments, id, retry: nothing to us, passed on as they are
        }
    }

    private void addData(int from, int to) {
        if (dataStart == 0 && data == null) {
            // No value begins before its field's name, so 0 means that this is the first one.
            dataStart = from;
            dataLength = to - from;
            return;
        }
        byte[] sofar = data == null ? Arrays.copyOfRange(block, dataStart, dataStart + dataLength) : data;
        byte[] joined = Arrays.copyOf(sofar, dataLength + 1 + to - from);
        joined[dataLength] = '\n';
        System.arraycopy(block, from, joined, dataLength + 1, to - from);
        data = joined;
        dataLength = joined.length;
    }

    private boolean startsWithByteOrderMark(int from, int to) {
        int end = from + BYTE_ORDER_MARK.length;
        return end <= to && Arrays.equals(block, from, end, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
    }

    private boolean is(int from, String field) {
        for (int i = 0; i < field.length(); i++) {
            if (block[from + i] != field.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private void append(byte b) {
        boolean lineIsFull = length - lineStart >= MAX_LINE && b != '\n' && b != '\r';
        if (lineIsFull || length >= MAX_EVENT) {
            throw new TooLongException("an event of the stream is too long (expected: lines up to " + MAX_LINE
                    + " bytes, events up to " + MAX_EVENT + " bytes)");
        }
        if (length == block.length) {
            block = Arrays.copyOf(block, 2 * length);
        }
        block[length++] = b;
    }
}
