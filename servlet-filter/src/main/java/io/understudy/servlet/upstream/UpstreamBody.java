package io.understudy.servlet.upstream;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A request body as slices of the caller's own bytes with a few of them replaced: nothing is re-serialised, and a large
 * body is not copied for each attempt. Immutable; every call of {@link #slices()} gives fresh views, so that one
 * attempt never sees another's position.
 */
public final class UpstreamBody {
    private final List<ByteBuffer> slices;

    private UpstreamBody(List<ByteBuffer> slices) {
        this.slices = slices;
    }

    /** A replacement of the bytes from {@code start} up to, not including, {@code end}. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Edit(int start, int end, byte[] replacement) {
        /** An edit that inserts before the byte at {@code position}. */
        public static Edit insert(int position, byte[] inserted) {
            return new Edit(position, position, inserted);
        }
    }

    /** The original as it is but for the edits, which are in ascending order and do not overlap. */
    public static UpstreamBody of(byte[] original, List<Edit> edits) {
        List<ByteBuffer> slices = new ArrayList<>(2 * edits.size() + 1);
        int position = 0;
        for (Edit edit : edits) {
            slices.add(ByteBuffer.wrap(original, position, edit.start() - position));
            slices.add(ByteBuffer.wrap(edit.replacement()));
            position = edit.end();
        }
        slices.add(ByteBuffer.wrap(original, position, original.length - position));
        return new UpstreamBody(slices);
    }

    /** A request without a body. */
    public static UpstreamBody none() {
        return new UpstreamBody(List.of());
    }

    /** Fresh read-only views, in order. */
    public ByteBuffer[] slices() {
        return slices.stream().map(ByteBuffer::asReadOnlyBuffer).toArray(ByteBuffer[]::new);
    }

    /** Its size in bytes. */
    public long length() {
        return slices.stream().mapToLong(ByteBuffer::remaining).sum();
    }
}
