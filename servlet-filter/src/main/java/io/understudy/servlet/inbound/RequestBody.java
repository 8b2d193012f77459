package io.understudy.servlet.inbound;

import io.understudy.servlet.dialect.ApiError;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the caller's body once, without blocking, up to a limit. Its listener hears of the end in the container's
 * thread, exactly once.
 *
 * <p>A body that is announced as too large, but not absurdly so, is read and thrown away before it is refused: many
 * clients look for an answer only when they have sent everything, and would see a broken connection in its place.
 */
public final class RequestBody implements ReadListener {
    /** How many times the limit an announced length may be for its body to be read all the same. */
    private static final int ABSURD = 4;

    /** Hears how the reading ended. */
    public interface Listener {
        /** The whole body is there. */
        void read(byte[] body);

        /** The body is refused. */
        void refused(ApiError error);

        /** The caller left before its body had come. */
        void gone(Throwable cause);
    }

    private final ServletInputStream in;
    private final Limits limits;
    private final boolean gzip;
    private final Listener listener;
    private final long announced;
    private final byte[] slice = new byte[8 * 1024];
    private byte[] body;
    private int length;
    private boolean over;

    /** How much may be read, by one request and by all together. */
    public record Limits(long maxBytes, BufferBudget.Share share) {}

    private RequestBody(ServletInputStream in, InboundRequest request, Limits limits, boolean gzip, Listener listener) {
        this.in = in;
        this.limits = limits;
        this.gzip = gzip;
        this.listener = listener;
        this.announced = request.contentLength();
        this.body = new byte[(int) Math.max(1024, Math.min(announced + 1, 64 * 1024))];
    }

    /** Begins to read; in the container's thread, after {@code startAsync}. */
    public static void read(ServletInputStream in, InboundRequest request, Limits limits, Listener listener) {
        String encoding = request.header("content-encoding");
        String coding = encoding == null ? "identity" : encoding.trim().toLowerCase(Locale.ROOT);
        if (!coding.equals("identity") && !coding.equals("gzip") && !coding.isEmpty()) {
            listener.refused(ApiError.refusal(
                    415,
                    "unsupported_content_encoding",
                    "Content-Encoding " + Quoted.of(coding) + " is not supported (expected: identity or gzip)"));
        } else if (request.contentLength() / ABSURD > limits.maxBytes()) {
            listener.refused(tooLarge(limits.maxBytes()));
        } else {
            in.setReadListener(new RequestBody(in, request, limits, coding.equals("gzip"), listener));
        }
    }

    @Override
    public void onDataAvailable() throws IOException {
        int count;
        // Exactly this loop: with isFinished() in its place GlassFish and Payara never report the end.
        while (!over && in.isReady() && (count = in.read(slice)) != -1) {
            if (!isTooLarge()) {
                append(slice, count);
            }
        }
    }

    @Override
    public void onAllDataRead() {
        if (!over && isTooLarge()) {
            refuse(tooLarge(limits.maxBytes()));
        } else if (!over) {
            over = true;
            byte[] whole = gzip && !isInflated() ? inflate() : Arrays.copyOf(body, length);
            if (whole != null) {
                listener.read(whole);
            }
        }
    }

    @Override
    public void onError(Throwable t) {
        if (!over) {
            over = true;
            listener.gone(t);
        }
    }

    private boolean isTooLarge() {
        return announced > limits.maxBytes();
    }

    /**
     * Open Liberty inflates bodies by itself, and leaves the headers that describe them as they came: such a body has
     * another length than the one that was announced.
     */
    private boolean isInflated() {
        boolean magic = length > 1
                && body[0] == (byte) GZIPInputStream.GZIP_MAGIC
                && body[1] == (byte) (GZIPInputStream.GZIP_MAGIC >> 8);
        return length > 0 && length != announced && !magic;
    }

    private void append(byte[] bytes, int count) {
        if (length + (long) count > limits.maxBytes()) {
            refuse(tooLarge(limits.maxBytes()));
        } else if (!limits.share().add(count)) {
            refuse(BufferBudget.exhausted());
        } else {
            if (length + count > body.length) {
                body = Arrays.copyOf(
                        body, (int) Math.min(Math.max(2L * body.length, length + count), limits.maxBytes()));
            }
            System.arraycopy(bytes, 0, body, length, count);
            length += count;
        }
    }

    private void refuse(ApiError error) {
        over = true;
        listener.refused(error);
    }

    private byte @Nullable [] inflate() {
        byte[] packed = body;
        int packedLength = length;
        body = new byte[(int) Math.min(Math.max(1024, 4L * packedLength), limits.maxBytes())];
        length = 0;
        over = false;
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed, 0, packedLength))) {
            int count;
            while (!over && (count = in.read(slice)) != -1) {
                append(slice, count);
            }
        } catch (IOException e) {
            refuse(ApiError.refusal(400, "invalid_body", "the body is not gzip, though Content-Encoding says so"));
        }
        boolean refused = over;
        over = true;
        return refused ? null : Arrays.copyOf(body, length);
    }

    private static ApiError tooLarge(long limit) {
        return ApiError.refusal(
                413, "request_too_large", "the body is larger than " + limit + " bytes (limits.maxRequestBytes)");
    }
}
