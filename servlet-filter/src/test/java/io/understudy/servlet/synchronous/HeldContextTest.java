package io.understudy.servlet.synchronous;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.understudy.servlet.fake.FakeCaller;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HeldContextTest {
    private final HeldThread thread = new HeldThread();
    private final FakeCaller caller = new FakeCaller();
    private final HttpServletResponse response = caller.response();
    private final HeldContext context = new HeldContext(caller.context(), response, thread);

    @Test
    void is_held_until_the_containers_processing_is_completed() {
        List<String> ran = new ArrayList<>();
        thread.execute(() -> ran.add("before"));
        thread.execute(context::complete);
        context.await();
        assertThat(ran).containsExactly("before");
        assertThat(caller.completions()).isOne();
    }

    @Test
    void goes_on_without_the_thread() {
        thread.execute(context::goOn);
        context.await();
        assertThat(caller.completions()).isZero();
        context.complete();
        assertThat(caller.completions()).isOne();
    }

    @Test
    void waits_while_it_is_held_and_not_afterwards() throws Exception {
        assertThat(context.getResponse().getOutputStream()).isInstanceOf(BlockingOutput.class);
        context.goOn();
        assertThat(context.getResponse().getOutputStream()).isSameAs(response.getOutputStream());
        assertThat(context.getRequest().getInputStream()).isInstanceOf(BlockingInput.class);
    }

    @Test
    void a_container_that_refuses_the_end_holds_nobody() {
        AsyncContext refusing = (AsyncContext) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {AsyncContext.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getRequest")) {
                        return caller.context().getRequest();
                    }
                    throw new IllegalStateException(method.getName());
                });
        HeldContext held = new HeldContext(refusing, response, thread);
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(held::dispatch);
        held.await();
    }

    @Test
    void an_interrupt_lets_the_thread_go_and_stays_set() {
        Thread.currentThread().interrupt();
        context.await();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(caller.completions()).isZero();
    }

    @Test
    void everything_else_is_the_containers() {
        AsyncListener listener = new Deaf();
        context.addListener(listener);
        context.setTimeout(0);
        context.dispatch();
        context.await();
        assertThat(caller.dispatches()).isOne();
    }

    private static final class Deaf implements AsyncListener {
        @Override
        public void onComplete(AsyncEvent event) {}

        @Override
        public void onTimeout(AsyncEvent event) {}

        @Override
        public void onError(AsyncEvent event) {}

        @Override
        public void onStartAsync(AsyncEvent event) {}
    }
}
