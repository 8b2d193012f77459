package io.understudy.example.servers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** An application in the folder that a running server watches: it comes and goes with its file. */
record HotDeployment(Caller caller, Path folder, Deployment deployment) {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(250);

    /** What a server answers that knows nothing of it, or its root application's default servlet. */
    private static final Set<Integer> NOT_THERE = Set.of(404, 405);

    /** Puts the file there; answers when the application serves. */
    void come() throws IOException {
        Path file = folder.resolveSibling(deployment.fileName());
        Files.copy(deployment.war(), file);
        // As new: WildFly leaves alone what is older than its undeployment.
        Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
        Files.move(file, folder.resolve(deployment.fileName()));
        await(deployment.context(), () -> status() == deployment.readyStatus());
    }

    /** Takes the file away; the application will be gone some time after. */
    void leave() throws IOException {
        Files.delete(folder.resolve(deployment.fileName()));
    }

    /** Takes the file away; answers when the application is gone. */
    void go() throws IOException {
        leave();
        awaitGone();
    }

    void awaitGone() throws IOException {
        await("the end of " + deployment.context(), () -> NOT_THERE.contains(status()));
    }

    private int status() {
        try {
            return caller.post(deployment.context() + deployment.readyPath(), "{}")
                    .status();
        } catch (UncheckedIOException comingOrGoing) {
            return 0;
        }
    }

    private static void await(String what, Condition condition) throws IOException {
        assertThat(comesTrue(condition)).as(what + " within " + PATIENCE).isTrue();
    }

    /** Whether a condition comes true in time. */
    static boolean comesTrue(Condition condition) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() - end >= 0) {
                return false;
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
        return true;
    }

    /** Something that will hold sooner or later. */
    interface Condition {
        boolean holds() throws IOException;
    }
}
