package io.understudy.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.servlet.testing.ChatWire;
import io.understudy.servlet.testing.GatewayServer;
import io.understudy.servlet.testing.RawAnswer;
import io.understudy.servlet.testing.RawCaller;
import io.understudy.servlet.testing.Reply;
import io.understudy.servlet.testing.ScriptedUpstream;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the filter has returned, the request is no longer read: Open Liberty has given it to somebody else by then. */
class SnapshotTest {
    private static final ChatWire WIRE = new ChatWire("served");

    private final ScriptedUpstream first = ScriptedUpstream.start();
    private final ScriptedUpstream second = ScriptedUpstream.start();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> askedLate = new CopyOnWriteArrayList<>();
    private GatewayServer gateway;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        gateway = GatewayServer.start(
                new WatchingFilter(),
                Files.writeString(
                        folder.resolve("understudy.json"),
                        """
                        {"providers": {"a": {"type": "openai", "baseUrl": "%s"}, "b": {"type": "openai", "baseUrl": "%s"}},
                         "models": {"gpt": [{"provider": "a"}, {"provider": "b", "priority": 1}]},
                         "headers": {"forward": ["x-late"]}}
                        """
                                .formatted(first.baseUrl(), second.baseUrl())));
    }

    @AfterEach
    void stop() {
        gateway.close();
        first.close();
        second.close();
    }

    @Test
    void nothing_of_the_request_is_read_behind_the_filters_back() {
        first.always(Reply.json(404, WIRE.error(404)));
        second.then(
                Reply.json(200, WIRE.answer("Hello")),
                Reply.stream(WIRE.streamed("Hello").all()));

        assertThat(post(WIRE.request("gpt", "Hi")).text()).contains("Hello");
        assertThat(post(WIRE.streamedRequest("gpt", "Hi")).text()).contains("Hello");
        assertThat(post("no JSON").status()).isEqualTo(400);

        assertThat(second.requests()).allSatisfy(request -> {
            assertThat(request.target()).endsWith("?beta=true");
            assertThat(request.headers().all("X-Late")).containsExactly("kept");
        });
        assertThat(asked).contains("getHeaderNames", "getQueryString", "getInputStream");
        assertThat(askedLate).isEmpty();
    }

    private RawAnswer post(String json) {
        try (RawCaller caller = RawCaller.connect(gateway.port())) {
            return caller.post("/v1/chat/completions?beta=true", json.getBytes(UTF_8), "X-Late", "kept")
                    .answer();
        }
    }

    /** The filter with somebody who looks on at what it asks its requests. */
    private final class WatchingFilter implements Filter {
        private final FailoverFilter filter = new FailoverFilter();

        @Override
        public void init(FilterConfig config) throws ServletException {
            filter.init(config);
        }

        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            Watched watched = new Watched((HttpServletRequest) request);
            filter.doFilter(watched.servlet(), response, chain);
            watched.returned = true;
        }

        @Override
        public void destroy() {
            filter.destroy();
        }
    }

    /** One request and whether it may still be asked. */
    private final class Watched {
        private final HttpServletRequest request;
        private final Thread container = Thread.currentThread();
        private volatile boolean returned;

        Watched(HttpServletRequest request) {
            this.request = request;
        }

        HttpServletRequest servlet() {
            return new HttpServletRequestWrapper((HttpServletRequest) Proxy.newProxyInstance(
                    SnapshotTest.class.getClassLoader(),
                    new Class<?>[] {HttpServletRequest.class},
                    (proxy, called, arguments) -> {
                        (returned || Thread.currentThread() != container ? askedLate : asked).add(called.getName());
                        try {
                            return called.invoke(request, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    }));
        }
    }
}
