package io.understudy.servlet.testing;

import java.util.concurrent.CompletableFuture;

/** A point in a script that is passed when the test opens it. A gate opens once, for everybody, and stays open. */
public final class Gate {
    private final CompletableFuture<Void> reached = new CompletableFuture<>();
    private final CompletableFuture<Void> opened = new CompletableFuture<>();

    /** Lets everybody through, now and later. */
    public void open() {
        opened.complete(null);
    }

    /** Waits until a script stands before this gate. */
    public void awaitReached() {
        Limit.await(reached, "reaching the gate");
    }

    /** Stands before the gate until it opens or {@code hindrance} completes, whatever its outcome. */
    void pass(CompletableFuture<?> hindrance) {
        reached.complete(null);
        CompletableFuture.anyOf(opened, hindrance)
                .exceptionally(failure -> null)
                .join();
    }
}
