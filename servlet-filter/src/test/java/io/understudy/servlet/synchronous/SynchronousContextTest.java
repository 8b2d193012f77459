package io.understudy.servlet.synchronous;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.understudy.servlet.fake.FakeCaller;
import io.understudy.servlet.fake.FakeRequest;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SynchronousContextTest {
    private final HeldThread thread = new HeldThread();
    private final SynchronousContext context =
            new SynchronousContext(FakeRequest.post("/v1/messages").servlet(), new FakeCaller().response(), thread);
    private final Heard heard = new Heard();

    @Test
    void waits_until_it_is_completed_and_says_so_once() throws Exception {
        context.addListener(heard);
        thread.execute(context::complete);
        thread.execute(context::complete);
        context.await();
        assertThat(heard.signals).containsExactly("complete");
    }

    @Test
    void an_interrupt_is_an_error_that_breaks_the_connection_and_stays_set() {
        context.addListener(heard);
        Thread.currentThread().interrupt();
        assertThatIOException().isThrownBy(context::await);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(heard.signals).containsExactly("error InterruptedException");
    }

    private static final class Heard implements AsyncListener {
        private final List<String> signals = new ArrayList<>();

        @Override
        public void onComplete(AsyncEvent event) {
            signals.add("complete");
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            signals.add("timeout");
        }

        @Override
        public void onError(AsyncEvent event) {
            signals.add("error " + event.getThrowable().getClass().getSimpleName());
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            signals.add("start");
        }
    }
}
