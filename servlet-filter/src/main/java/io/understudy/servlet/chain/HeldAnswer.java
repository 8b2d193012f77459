package io.understudy.servlet.chain;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The application's answer while nobody knows yet whether it reaches the caller. It goes by a {@link Delivery} as soon
 * as the application flushes it or its buffer is full, and not into the container's response, which somebody else's
 * answer may need. Used in the application's thread.
 */
final class HeldAnswer implements HttpServletResponse {
    private static final int BUFFER = 8 * 1024;
    private static final Pattern CHARSET = Pattern.compile("(?i);\\s*charset=\"?([^\\s;\"]+)");

    private final HttpServletResponse containers;
    private final Delivery delivery;
    private final HeldHeaders headers = new HeldHeaders();
    private final ByteArrayOutputStream buffer = new ByteArrayOutputStream();
    private final HeldOutput out = new HeldOutput(this);

    private int status = SC_OK;
    private int bufferSize = BUFFER;
    private Locale locale = Locale.getDefault();
    private @Nullable String encoding;
    private @Nullable PrintWriter writer;
    private boolean opened;
    private boolean committed;
    private boolean closed;

    /** An answer of nothing yet. */
    HeldAnswer(HttpServletResponse containers, Delivery delivery) {
        this.containers = containers;
        this.delivery = delivery;
    }

    /** The application has returned: what it has written is the whole answer. */
    void finish() {
        try {
            deliver();
            delivery.end();
        } catch (IOException e) {
            // Nobody wants it, which whoever does not has found out already.
        }
    }

    /** The application has failed; before the first byte that is a status of 500, as containers make it. */
    void fail(Throwable cause) {
        if (delivery.isBegun()) {
            delivery.fail(cause);
        } else {
            committed = false;
            reset();
            status = SC_INTERNAL_SERVER_ERROR;
            finish();
        }
    }

    /** Whether the application has asked for the stream or the writer. */
    boolean isOpened() {
        return opened;
    }

    /** Moves into the container's response, where the application goes on; what it writes by comes along. */
    void move() throws IOException {
        containers.setStatus(status);
        headers.copyTo(containers);
        if (opened) {
            ServletOutputStream target = containers.getOutputStream();
            target.write(buffer.toByteArray());
            out.goOnIn(target);
        }
        if (committed) {
            containers.flushBuffer();
        }
    }

    /** Takes bytes that the application has written. */
    void write(byte[] bytes, int offset, int length) throws IOException {
        if (closed) {
            return;
        }
        buffer.write(bytes, offset, length);
        if (buffer.size() >= bufferSize) {
            committed = true;
            deliver();
        }
    }

    private void deliver() throws IOException {
        if (!delivery.isBegun()) {
            delivery.begin(status, headers.lowered());
        }
        byte[] bytes = buffer.toByteArray();
        buffer.reset();
        delivery.write(bytes, 0, bytes.length);
    }

    @Override
    public ServletOutputStream getOutputStream() {
        opened = true;
        return out;
    }

    @Override
    public PrintWriter getWriter() {
        opened = true;
        PrintWriter known = writer;
        if (known == null) {
            known = new PrintWriter(new EncodedWriter(out, Charset.forName(getCharacterEncoding())));
            writer = known;
        }
        return known;
    }

    /** A head alone stays here: without a byte nothing can be said of the answer yet. */
    @Override
    public void flushBuffer() throws IOException {
        committed = true;
        if (buffer.size() > 0) {
            deliver();
        }
    }

    @Override
    public boolean isCommitted() {
        return committed;
    }

    @Override
    public void reset() {
        resetBuffer();
        status = SC_OK;
        headers.clear();
        writer = null;
        opened = false;
    }

    @Override
    public void resetBuffer() {
        if (committed) {
            throw new IllegalStateException("the answer has begun already");
        }
        buffer.reset();
    }

    @Override
    public void setBufferSize(int size) {
        bufferSize = Math.max(1, Math.min(size, BUFFER));
    }

    @Override
    public int getBufferSize() {
        return bufferSize;
    }

    @Override
    public void setStatus(int code) {
        if (!committed) {
            status = code;
        }
    }

    @Override
    public int getStatus() {
        return status;
    }

    @Override
    public void sendError(int code, @Nullable String message) throws IOException {
        resetBuffer();
        status = code;
        if (message != null) {
            headers.set("Content-Type", "text/plain;charset=utf-8");
            out.write(message.getBytes(StandardCharsets.UTF_8));
        }
        close();
    }

    @Override
    public void sendError(int code) throws IOException {
        sendError(code, null);
    }

    @Override
    public void sendRedirect(String location) throws IOException {
        sendRedirect(location, SC_FOUND, true);
    }

    /** Of Servlet 6.1. */
    public void sendRedirect(String location, int code, boolean clearBuffer) throws IOException {
        if (clearBuffer) {
            resetBuffer();
        }
        status = code;
        headers.set("Location", location);
        close();
    }

    /** Nothing more is taken; it ends when the application returns. */
    void close() throws IOException {
        flushBuffer();
        closed = true;
    }

    @Override
    public void setContentType(@Nullable String type) {
        if (type == null) {
            headers.remove("Content-Type");
        } else {
            setHeader("Content-Type", type);
        }
    }

    @Override
    public @Nullable String getContentType() {
        return headers.first("Content-Type");
    }

    /** Without a word on it UTF-8, which JSON and event streams are in. */
    @Override
    public String getCharacterEncoding() {
        String type = getContentType();
        Matcher inType = CHARSET.matcher(type == null ? "" : type);
        if (inType.find()) {
            return inType.group(1);
        }
        return encoding == null ? StandardCharsets.UTF_8.name() : encoding;
    }

    @Override
    public void setCharacterEncoding(@Nullable String charset) {
        encoding = charset;
    }

    @Override
    public void setLocale(Locale of) {
        locale = of;
        setHeader("Content-Language", of.toLanguageTag());
    }

    @Override
    public Locale getLocale() {
        return locale;
    }

    @Override
    public void setContentLength(int length) {
        // It is counted.
    }

    @Override
    public void setContentLengthLong(long length) {
        // It is counted.
    }

    @Override
    public void addCookie(Cookie cookie) {
        addHeader("Set-Cookie", CookieText.of(cookie));
    }

    @Override
    public void setHeader(String name, @Nullable String value) {
        if (value == null) {
            headers.remove(name);
        } else {
            headers.set(name, value);
        }
    }

    @Override
    public void addHeader(String name, String value) {
        headers.add(name, value);
    }

    @Override
    public void setDateHeader(String name, long millis) {
        setHeader(name, HeldHeaders.date(millis));
    }

    @Override
    public void addDateHeader(String name, long millis) {
        addHeader(name, HeldHeaders.date(millis));
    }

    @Override
    public void setIntHeader(String name, int value) {
        setHeader(name, Integer.toString(value));
    }

    @Override
    public void addIntHeader(String name, int value) {
        addHeader(name, Integer.toString(value));
    }

    @Override
    public boolean containsHeader(String name) {
        return headers.first(name) != null;
    }

    @Override
    public @Nullable String getHeader(String name) {
        return headers.first(name);
    }

    @Override
    public Collection<String> getHeaders(String name) {
        return headers.all(name);
    }

    @Override
    public Collection<String> getHeaderNames() {
        return headers.names();
    }

    @Override
    public String encodeURL(String url) {
        return containers.encodeURL(url);
    }

    @Override
    public String encodeRedirectURL(String url) {
        return containers.encodeRedirectURL(url);
    }
}
