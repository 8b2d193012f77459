package io.understudy.servlet.fake;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.understudy.servlet.relay.BreakableRequest;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The container's side of an answer and the caller behind it, who takes what comes until told to stop. It holds the
 * writer to the rules of the servlet API: nothing is written or flushed, and nothing is completed, without having been
 * told that it is ready.
 */
public final class FakeCaller {
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private final Output output = new Output();
    private @Nullable IOException broken;
    private @Nullable IllegalStateException refusal;
    private @Nullable WriteListener listener;
    private @Nullable AsyncListener signals;
    private @Nullable Long timeout;
    private boolean ready = true;
    private boolean asked;
    private @Nullable Supplier<?> trailers;
    private int status;
    private int flushes;
    private int completions;
    private int dispatches;
    private int largestWrite;

    /** From now on nothing is ready. */
    public void stopTaking() {
        ready = false;
    }

    /** The caller takes again, and the container says so. */
    public void goOn() throws IOException {
        ready = true;
        asked = true;
        Objects.requireNonNull(listener, "nobody listens").onWritePossible();
    }

    /** Every write fails from now on. */
    public void leave(IOException cause) {
        broken = cause;
    }

    /** The container lets nobody open or write the answer from now on. */
    public void refuse(IllegalStateException why) {
        refusal = why;
    }

    /** The container notices by itself that the caller has left. */
    public void containerNotices(Throwable cause) {
        Objects.requireNonNull(listener, "nobody listens").onError(cause);
    }

    /** What has been written so far. */
    public String text() {
        return taken.toString(UTF_8);
    }

    public int status() {
        return status;
    }

    public Map<String, String> headers() {
        return headers;
    }

    public int flushes() {
        return flushes;
    }

    public int completions() {
        return completions;
    }

    /** What the container asks for when a stream ends; a stream whose trailers cannot be had breaks. */
    public Object trailers() {
        return Objects.requireNonNull(trailers, "no stream").get();
    }

    /** How often the request was sent round once more. */
    public int dispatches() {
        return dispatches;
    }

    public int largestWrite() {
        return largestWrite;
    }

    /** The asynchronous context of an answer whose request does not matter. */
    public AsyncContext context() {
        return context(new BreakableRequest(FakeRequest.post("/").servlet()));
    }

    /** The asynchronous context of a request. */
    public AsyncContext context(FakeRequest request, ScriptedInput body) {
        return context(request.servlet(body));
    }

    /** The asynchronous context of a request that something may have been wrapped round. */
    public AsyncContext context(HttpServletRequest request) {
        return proxy(AsyncContext.class, (called, arguments) -> {
            switch (called) {
                case "complete" -> completions++;
                case "dispatch" -> dispatches++;
                case "setTimeout" -> timeout = (Long) arguments[0];
                case "addListener" -> signals = (AsyncListener) arguments[0];
                case "getRequest" -> {
                    return request;
                }
                case "getResponse" -> {
                    return response();
                }
                default -> throw new UnsupportedOperationException(called);
            }
            return null;
        });
    }

    /** The container has ended the request: after it was completed, or by itself. */
    public void containerEnds() throws IOException {
        Objects.requireNonNull(signals, "nobody listens").onComplete(new AsyncEvent(context()));
    }

    /** The container tells everybody who listens that something went wrong with the request. */
    public void containerFails(Throwable cause) throws IOException {
        Objects.requireNonNull(signals, "nobody listens").onError(new AsyncEvent(context(), cause));
    }

    /** The container's own time is over. */
    public void containerTimesOut() throws IOException {
        Objects.requireNonNull(signals, "nobody listens").onTimeout(new AsyncEvent(context()));
    }

    /** The time-out that the container was given, in milliseconds; null if it was given none. */
    public @Nullable Long timeout() {
        return timeout;
    }

    /** The response. */
    public HttpServletResponse response() {
        return proxy(HttpServletResponse.class, (called, arguments) -> {
            switch (called) {
                case "setStatus" -> status = (Integer) arguments[0];
                case "setHeader" -> headers.put((String) arguments[0], (String) arguments[1]);
                case "setContentLength" -> headers.put("Content-Length", arguments[0].toString());
                case "setTrailerFields" -> trailers = (Supplier<?>) arguments[0];
                case "flushBuffer" -> flushes++;
                case "getOutputStream" -> {
                    return output;
                }
                default -> throw new UnsupportedOperationException(called);
            }
            return null;
        });
    }

    private interface Call {
        @Nullable
        Object answer(String called, Object[] arguments) throws IOException;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                FakeCaller.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, called, arguments) ->
                        call.answer(called.getName(), arguments == null ? new Object[0] : arguments)));
    }

    private final class Output extends ServletOutputStream {
        @Override
        public boolean isReady() {
            asked = ready;
            return ready;
        }

        @Override
        public void setWriteListener(WriteListener writer) {
            if (refusal != null) {
                throw refusal;
            }
            listener = writer;
        }

        @Override
        public void write(int b) {
            throw new UnsupportedOperationException("byte by byte");
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            use();
            taken.write(bytes, offset, length);
            largestWrite = Math.max(largestWrite, length);
        }

        @Override
        public void flush() throws IOException {
            use();
            flushes++;
        }

        private void use() throws IOException {
            if (!asked) {
                throw new IllegalStateException("written without having been told that it is ready");
            }
            asked = false;
            if (refusal != null) {
                throw refusal;
            }
            if (broken != null) {
                throw broken;
            }
        }
    }
}
