package io.understudy.servlet.config;

/**
 * The gateway's own bounds, {@code limits}.
 *
 * @param maxRequestBytes of a request body (32 MiB); above it: 413
 * @param maxResponseBytes of an answer that is held back whole (32 MiB)
 * @param maxBufferedBytes of all bodies, held-back events and buffered answers together (a quarter of the heap);
 *     above it: 503
 * @param maxConcurrent exchanges at a time (10,000); above it: 503
 */
public record LimitSettings(long maxRequestBytes, long maxResponseBytes, long maxBufferedBytes, int maxConcurrent) {
    private static final long DEFAULT_BYTES = 32L << 20;

    /** The documented defaults, with a heap of at most {@code maxHeap} bytes. */
    public static LimitSettings defaults(long maxHeap) {
        return new LimitSettings(DEFAULT_BYTES, DEFAULT_BYTES, maxHeap / 4, 10_000);
    }
}
