package io.understudy.servlet.dialect;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One server-sent event as it came: its bytes with the blank line that ended it, its name, and where its data is.
 *
 * @param raw the whole block, as received
 * @param name the value of its {@code event} field, empty if it had none
 * @param buffer where the data is: {@code raw} itself if it came on one line
 * @param offset 0 in {@code raw} for a block of comments, which has no data and is no event
 * @see <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">WHATWG HTML, 9.2</a>
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and copying every event would double the garbage
public record StreamEvent(byte[] raw, String name, byte[] buffer, int offset, int length) {
    /** Up to the value; an empty one has no colon of its own. The first line may begin with a byte order mark. */
    private static final Pattern DATA_FIELD =
            Pattern.compile("(?:(?<=[\\r\\n])|^(?:\u00EF\u00BB\u00BF)?)data(?:: ?|(?=[\\r\\n]))");

    /** An event of the gateway's own. */
    public static byte[] frame(String name, byte[] data) {
        byte[] head = ("event: " + name + "\ndata: ").getBytes(StandardCharsets.UTF_8);
        byte[] frame = new byte[head.length + data.length + 2];
        System.arraycopy(head, 0, frame, 0, head.length);
        System.arraycopy(data, 0, frame, head.length, data.length);
        frame[frame.length - 2] = '\n';
        frame[frame.length - 1] = '\n';
        return frame;
    }

    /** The same with the blank line that it lacks because the stream ended before it. */
    public StreamEvent ended() {
        byte[] whole = Arrays.copyOf(raw, raw.length + 2);
        whole[raw.length] = '\n';
        whole[raw.length + 1] = '\n';
        return new StreamEvent(whole, name, buffer == raw ? whole : buffer, offset, length);
    }

    /**
     * The same as the last event that is read: where lines end with CR LF, the LF of its blank line may be still to come.
     */
    public StreamEvent last() {
        int end = raw.length;
        boolean halfEnded = end > 2 && raw[end - 1] == '\r' && raw[end - 2] == '\n' && raw[end - 3] == '\r';
        if (!halfEnded) {
            return this;
        }
        byte[] whole = Arrays.copyOf(raw, end + 1);
        whole[end] = '\n';
        return new StreamEvent(whole, name, buffer == raw ? whole : buffer, offset, length);
    }

    /** Whether it carries data, be it empty; comments and bare fields do not. */
    public boolean hasData() {
        return length > 0 || offset > 0;
    }

    /** Walks through its data, which should be one JSON object; false if it is not. */
    boolean read(JsonFields.Field field) {
        return JsonFields.object(buffer, offset, length, field);
    }

    /** The same event with a range of its data replaced, and no other byte. */
    StreamEvent withReplaced(Span range, byte[] replacement) {
        int shift = inRaw(range.start()) - range.start();
        byte[] changed = Splice.replaced(raw, new Span(range.start() + shift, range.end() + shift), replacement);
        int changedLength = length + replacement.length - range.length();
        return buffer == raw
                ? new StreamEvent(changed, name, changed, offset, changedLength)
                : new StreamEvent(changed, name, Splice.replaced(buffer, range, replacement), offset, changedLength);
    }

    /** Where a byte of the data stands in the block; where data came on several lines, they are counted. */
    private int inRaw(int position) {
        if (buffer == raw) {
            return offset + position;
        }
        int line = 0;
        int column = 0;
        for (int i = 0; i < position; i++) {
            boolean ends = buffer[i] == '\n';
            line += ends ? 1 : 0;
            column = ends ? 0 : column + 1;
        }
        return dataLine(line) + column;
    }

    /** Where in the block the value of the data field with this number, counted from 0, begins. */
    private int dataLine(int number) {
        Matcher field = DATA_FIELD.matcher(new String(raw, StandardCharsets.ISO_8859_1));
        for (int i = 0; i <= number; i++) {
            if (!field.find()) {
                throw new IllegalStateException("the data has more lines than its event");
            }
        }
        return field.end();
    }

    /** Whether its data is exactly this text. */
    public boolean dataIs(String ascii) {
        return length == ascii.length()
                && new String(buffer, offset, length, StandardCharsets.ISO_8859_1).equals(ascii);
    }
}
