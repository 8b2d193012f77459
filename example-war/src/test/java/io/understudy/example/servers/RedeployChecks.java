package io.understudy.example.servers;

import static io.understudy.example.servers.Guests.CHAT;
import static io.understudy.example.servers.Guests.CONTEXT;
import static io.understudy.example.servers.Providers.PLAIN;
import static io.understudy.example.servers.Scripts.WIRE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.understudy.servlet.FailoverFilter;
import io.understudy.servlet.testing.Gate;
import io.understudy.servlet.testing.RawCaller;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The WAR taken out of a running server and put back: nothing of it stays behind, and nobody is deceived. */
interface RedeployChecks {
    /** None in the normal build, which has no time for it. */
    int ROUNDS = Integer.getInteger("servers.redeploys", 0);

    /** How many of the guests have the filter in them. */
    int WITH_FILTER = 4;

    Duration PATIENCE = Duration.ofMinutes(2);
    Duration POLL = Duration.ofMillis(250);

    Trial trial();

    @Test
    @Order(Integer.MAX_VALUE - 3)
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    default void tells_who_reads_a_stream_that_it_is_undeployed() throws IOException {
        Path war = war();
        trial().providers().steady().then(Scripts.gated(List.of(new Gate())));
        try (RawCaller reader = trial().caller().open(CONTEXT + CHAT, WIRE.streamedRequest(PLAIN, "Hi"))) {
            assertThat(reader.head().status()).isEqualTo(200);
            reader.chunksUpTo(Scripts.piece(0));
            Files.move(war, aside());
            trial().results().measured(endOf(reader));
        }
        await("the end of " + CONTEXT, this::isGone);
        putBack(war);
        await("the return of " + CONTEXT, this::serves);
        use();
    }

    /**
     * No class loader, hence no thread either that runs anything of ours. First of all, in a server that has not been busy:
     * before JDK 24 a thread that the server starts while we call it inherits our protection domain
     * ({@code inheritedAccessControlContext}), and with that the class loader, until that thread ends. Tomcat renews its
     * threads one by one when they next serve somebody.
     */
    @Test
    @Order(1)
    @Timeout(value = 15, unit = TimeUnit.MINUTES)
    default void leaves_nothing_behind_when_it_is_undeployed() throws IOException {
        assumeTrue(ROUNDS > 0);
        Path war = war();
        for (int round = 1; round <= ROUNDS; round++) {
            use();
            assertThat(leftBehind()).isPositive();
            Files.move(war, aside());
            await("the end of " + CONTEXT, this::isGone);
            if (!trial().kind().keepsLoaders()) {
                await("the end of its class loader, round " + round, () -> leftBehind() == 0);
            }
            putBack(war);
            await("the return of " + CONTEXT, this::serves);
        }
        use();
        trial().results().measured("%d of %d class loaders left".formatted(leftBehind() - 1, ROUNDS));
        assumeFalse(trial().kind().keepsLoaders());
    }

    /** How many class loaders there are beyond those of the other applications. */
    private long leftBehind() throws IOException {
        long loaders = trial().server().loadedClasses().loadersOf(FailoverFilter.class.getName());
        assertThat(loaders).as("class loaders").isGreaterThanOrEqualTo(WITH_FILTER - 1);
        return loaders - (WITH_FILTER - 1);
    }

    private Path war() {
        assumeTrue(trial().kind().hotFolder().isPresent());
        return trial().base().resolve(trial().kind().hotFolder().orElseThrow()).resolve(Deployment.fileName(CONTEXT));
    }

    /** As new: WildFly leaves alone what is older than its undeployment. */
    private void putBack(Path war) throws IOException {
        Files.setLastModifiedTime(aside(), FileTime.from(Instant.now()));
        Files.move(aside(), war);
    }

    private Path aside() {
        return trial().base().resolve("aside.war");
    }

    /** How the stream ends: with an error, or with its connection. */
    private static String endOf(RawCaller reader) {
        try {
            assertThat(reader.chunksUpToTheEnd()).contains("event: error\n").doesNotContain("[DONE]");
            return "with an error";
        } catch (UncheckedIOException e) {
            assertThat(e).hasCauseInstanceOf(IOException.class).cause().isNotInstanceOf(SocketTimeoutException.class);
            return "with the connection";
        }
    }

    /** Plain and streamed, so that every thread and client that there is has been at work. */
    private void use() {
        trial().providers().steady().then(Scripts.hello(), Scripts.wholeStream());
        assertThat(trial().caller()
                        .post(CONTEXT + CHAT, WIRE.request(PLAIN, "Hi"))
                        .status())
                .isEqualTo(200);
        assertThat(trial().caller()
                        .post(CONTEXT + CHAT, WIRE.streamedRequest(PLAIN, "Hi"))
                        .text())
                .contains("[DONE]");
    }

    private boolean isGone() {
        return trial().caller().send("GET " + CONTEXT + "/v1/models").status() == 404;
    }

    private boolean serves() {
        return trial().caller().post(CONTEXT + CHAT, "{}").status() == 400;
    }

    private static void await(String what, Condition condition) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            assertThat(end - System.nanoTime()).as("patience with " + what).isPositive();
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    /** Something about a server that will hold sooner or later. */
    interface Condition {
        boolean holds() throws IOException;
    }
}
