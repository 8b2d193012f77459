package io.understudy.example.servers;

import static io.understudy.example.servers.Guests.BYSTANDER;
import static io.understudy.example.servers.Guests.CHAT;
import static io.understudy.example.servers.Guests.CONTEXT;
import static io.understudy.example.servers.Providers.PLAIN;
import static io.understudy.example.servers.Scripts.WIRE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.understudy.example.servers.foreign.ForeignBystander;
import io.understudy.servlet.FailoverFilter;
import io.understudy.servlet.testing.Gate;
import io.understudy.servlet.testing.RawCaller;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The WAR taken out of a running server and put back: nothing of it stays behind, and nobody is deceived. */
interface RedeployChecks {
    /** None in the normal build, which has no time for it. */
    int ROUNDS = Integer.getInteger("servers.redeploys", 0);

    /** As many as any of the servers has for its callers on a small machine. */
    int THREADS = 40;

    Trial trial();

    @Test
    @Order(Integer.MAX_VALUE - 3)
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    default void tells_who_reads_a_stream_that_it_is_undeployed() throws IOException {
        HotDeployment war = hot(Guests.underContext(Trial.WAR));
        trial().providers().steady().then(Scripts.gated(List.of(new Gate())));
        try (RawCaller reader = trial().caller().open(CONTEXT + CHAT, WIRE.streamedRequest(PLAIN, "Hi"))) {
            assertThat(reader.head().status()).isEqualTo(200);
            reader.chunksUpTo(Scripts.piece(0));
            war.leave();
            trial().results().measured(endOf(reader));
        }
        war.awaitGone();
        war.come();
        use();
    }

    /**
     * No class loader, hence no thread either that runs anything of ours; or where the server keeps those of a servlet
     * that does nothing, no more than of that one. First of all, in a server that has not been busy: before JDK 24 a
     * thread that the server starts while we call it inherits our protection domain ({@code
     * inheritedAccessControlContext}), and with that the class loader, until that thread ends. Tomcat renews its threads
     * one by one when they next serve somebody.
     */
    @Test
    @Order(1)
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    default void leaves_nothing_behind_when_it_is_undeployed() throws IOException {
        assumeTrue(ROUNDS > 0);
        long kept = keptOfBystander();
        HotDeployment war = hot(Guests.underContext(Trial.WAR));
        long before = loaders(FailoverFilter.class);
        for (int round = 0; round < ROUNDS; round++) {
            use();
            war.go();
            war.come();
        }
        use();
        if (!HotDeployment.comesTrue(() -> loaders(FailoverFilter.class) - before <= kept)) {
            trial().server().loadedClasses().dump(trial().base().resolve("left.hprof"));
        }
        long left = loaders(FailoverFilter.class) - before;
        trial().results()
                .measured(
                        "%d of %d class loaders left; of a servlet that does nothing %d".formatted(left, ROUNDS, kept));
        assertThat(left).isLessThanOrEqualTo(kept);
        assumeTrue(kept < ROUNDS);
    }

    /** How many class loaders the server itself keeps, of an application that is there twice and of which one is redeployed. */
    private long keptOfBystander() throws IOException {
        HotDeployment comesAndGoes = hot(Guests.bystander(trial().base(), BYSTANDER + "-who-comes-and-goes"));
        HotDeployment stays = hot(Guests.bystander(trial().base(), BYSTANDER + "-who-stays"));
        comesAndGoes.come();
        stays.come();
        long before = loaders(ForeignBystander.class);
        for (int round = 0; round < ROUNDS; round++) {
            comesAndGoes.go();
            comesAndGoes.come();
        }
        HotDeployment.comesTrue(() -> loaders(ForeignBystander.class) == before);
        long kept = loaders(ForeignBystander.class) - before;
        comesAndGoes.go();
        stays.go();
        return kept;
    }

    /** How many class loaders hold a type when the server's threads have had something else to do. */
    private long loaders(Class<?> type) throws IOException {
        keepThreadsBusy();
        long loaders = trial().server().loadedClasses().loadersOf(type.getName());
        assertThat(loaders).as("class loaders of " + type).isPositive();
        return loaders;
    }

    /** WildFly's threads hold on to what they did last until they do something else. So all of them serve at once. */
    private void keepThreadsBusy() {
        List<RawCaller> callers = Stream.generate(
                        () -> RawCaller.connect(trial().server().port()))
                .limit(THREADS)
                .toList();
        callers.forEach(caller -> caller.send("POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\n\r\n"
                .formatted(Guests.FOREIGN + Guests.OWN)));
        callers.forEach(caller -> caller.send("x"));
        for (RawCaller caller : callers) {
            assertThat(caller.answer().text()).isEqualTo("x");
            caller.close();
        }
    }

    private HotDeployment hot(Deployment deployment) {
        assumeTrue(trial().kind().hotFolder().isPresent());
        return new HotDeployment(
                trial().caller(),
                trial().base().resolve(trial().kind().hotFolder().orElseThrow()),
                deployment);
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
}
