package io.understudy.servlet.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.servlet.fake.FakeCaller;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AsyncSignalsTest {
    private final FakeCaller caller = new FakeCaller();
    private final HttpServletResponse response = caller.response();
    private final List<Object> brought = new ArrayList<>();

    /** As GlassFish 7 does, see {@link AsyncSignals#listenTo}. */
    @Test
    void a_container_that_makes_a_success_of_everything_before_it_tells_of_it_changes_nothing() throws IOException {
        response.setStatus(502);
        new AsyncSignals(cause -> {}, () -> {}).listenTo(context());

        assertThat(brought).hasSize(3);
        ((HttpServletResponse) brought.get(2)).setStatus(200);

        assertThat(caller.status()).isEqualTo(502);
    }

    private AsyncContext context() {
        return (AsyncContext) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {AsyncContext.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("addListener")) {
                        brought.addAll(List.of(arguments));
                        return null;
                    }
                    return method.getName().equals("getResponse")
                            ? response
                            : caller.context().getRequest();
                });
    }
}
