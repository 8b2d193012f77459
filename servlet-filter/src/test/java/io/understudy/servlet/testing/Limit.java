package io.understudy.servlet.testing;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** How long a test waits for what must happen before it calls it missing. */
final class Limit {
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private Limit() {}

    /**
     * The value of a future that must complete.
     *
     * @throws AssertionError if it does not within {@link #PATIENCE}
     */
    static <T> T await(CompletableFuture<T> future, String what) {
        try {
            return future.copy()
                    .orTimeout(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof TimeoutException) {
                throw new AssertionError("%s did not happen within %s".formatted(what, PATIENCE), e);
            }
            throw e;
        }
    }
}
