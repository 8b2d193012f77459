package io.understudy.servlet.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.servlet.fake.FakeCaller;
import jakarta.servlet.AsyncContext;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Who ends a response when its container does so at the same time. */
class LentResponseTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<String> events = new CopyOnWriteArrayList<>();

    private final CompletableFuture<LentResponse> lent = new CompletableFuture<>();

    /** Tomcat ends the context itself if it has not been ended when its listeners return: in the middle is too early. */
    @Test
    void the_container_waits_for_an_end_that_has_begun() {
        CompletableFuture<Boolean> withdrawn = new CompletableFuture<>();
        AsyncContext context = context(() -> {
            Thread container = new Thread(() -> {
                lent.join().withdraw();
                withdrawn.complete(events.add("withdrawn"));
            });
            container.start();
            awaitStandstill(container);
            events.add("ended");
        });
        lent.complete(new LentResponse(context, new FakeCaller().response(), PATIENCE));

        lent.join().complete();

        assertThat(withdrawn).succeedsWithin(PATIENCE);
        assertThat(events).containsExactly("ended", "withdrawn");
    }

    /** Somebody who is at the response and does not come to an end must not hold the container for ever. */
    @Test
    void the_container_waits_for_a_while_only() {
        AsyncContext context = context(() -> {
            CompletableFuture.runAsync(() -> lent.join().withdraw()).join();
            events.add("ended");
        });
        lent.complete(new LentResponse(context, new FakeCaller().response(), Duration.ofMillis(1)));

        lent.join().complete();

        assertThat(events).containsExactly("ended");
    }

    /** Until a thread waits for somebody else, or has ended. */
    private static void awaitStandstill(Thread thread) {
        while (thread.getState() != Thread.State.TIMED_WAITING && thread.isAlive()) {
            Thread.onSpinWait();
        }
    }

    private static AsyncContext context(Runnable complete) {
        return (AsyncContext) Proxy.newProxyInstance(
                LentResponseTest.class.getClassLoader(),
                new Class<?>[] {AsyncContext.class},
                (proxy, method, arguments) -> {
                    if (!method.getName().equals("complete")) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    complete.run();
                    return null;
                });
    }
}
