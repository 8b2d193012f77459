package io.understudy.servlet.upstream;

import java.util.function.Consumer;
import java.util.function.IntSupplier;

/** A non-blocking client for one provider. Thread-safe; closing it aborts what is still under way. */
public interface UpstreamClient extends AutoCloseable {
    /** Sends a request and returns at once; the listener hears of the answer or of the failure, exactly once. */
    UpstreamCall send(UpstreamRequest request, Listener listener);

    /** Whether its answers come in the container's thread alone, which must not be left before. */
    default boolean needsContainersThread() {
        return false;
    }

    @Override
    void close();

    /** Hears of one call, from any thread, and must not block. */
    interface Listener {
        /** The head of the answer is there. */
        void answered(UpstreamResponse response);

        /** The call failed before an answer. */
        void failed(UpstreamFailure failure);

        /**
         * Whoever was called answers the caller by itself, past us, as only the application behind the filter can.
         *
         * @param status the status that it answers with, when it has
         * @param accepted hears whether that may be; not if the call is over
         */
        void passing(IntSupplier status, Consumer<Boolean> accepted);
    }
}
