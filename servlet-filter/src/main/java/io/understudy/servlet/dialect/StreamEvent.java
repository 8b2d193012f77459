package io.understudy.servlet.dialect;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

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
        return new StreamEvent(whole, name, buffer, offset, length);
    }

    /** Whether it carries data, be it empty; comments and bare fields do not. */
    public boolean hasData() {
        return length > 0 || offset > 0;
    }

    /** Walks through its data, which should be one JSON object; false if it is not. */
    boolean read(JsonFields.Field field) {
        return JsonFields.object(buffer, offset, length, field);
    }

    /** Whether its data is exactly this text. */
    public boolean dataIs(String ascii) {
        return length == ascii.length()
                && new String(buffer, offset, length, StandardCharsets.ISO_8859_1).equals(ascii);
    }
}
