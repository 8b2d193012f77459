package io.understudy.servlet.upstream;

/** A non-blocking client for one provider. Thread-safe; closing it aborts what is still under way. */
public interface UpstreamClient extends AutoCloseable {
    /** Sends a request and returns at once; the listener hears of the answer or of the failure, exactly once. */
    UpstreamCall send(UpstreamRequest request, Listener listener);

    @Override
    void close();

    /** Hears of one call, from any thread, and must not block. */
    interface Listener {
        /** The head of the answer is there. */
        void answered(UpstreamResponse response);

        /** The call failed before an answer. */
        void failed(UpstreamFailure failure);
    }
}
