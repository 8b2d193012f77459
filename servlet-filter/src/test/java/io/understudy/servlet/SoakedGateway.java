package io.understudy.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.servlet.config.ConfigException;
import io.understudy.servlet.config.ConfigReader;
import io.understudy.servlet.config.Settings;
import io.understudy.servlet.inbound.Routes;
import io.understudy.servlet.testing.GatewayServer;
import io.understudy.servlet.testing.ScriptedUpstream;
import io.understudy.servlet.upstream.Transports;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.management.JMException;
import javax.management.ObjectName;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.jspecify.annotations.Nullable;

/** An impatient gateway in front of two providers, whose insides can be counted. */
final class SoakedGateway implements AutoCloseable {
    /** The bound of its thread pool, the timer's one thread among them. */
    static final int MOST_THREADS = 2 + Math.max(8, 2 * Runtime.getRuntime().availableProcessors()) + 1;

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    /** Live as long as anything of an exchange does: a timer, a callback, an entry in a list. */
    private static final String EXCHANGE = "io.understudy.servlet.exchange.Exchange\n";

    private final ScriptedUpstream first = ScriptedUpstream.start();
    private final ScriptedUpstream second = ScriptedUpstream.start();
    private final ArrayByteBufferPool.Tracking buffers = new ArrayByteBufferPool.Tracking();
    private final OpenFilter filter = new OpenFilter();
    private final GatewayServer server;

    SoakedGateway() throws Exception {
        String configuration =
                """
                {"providers": {"a": {"type": "openai", "baseUrl": "%s"}, "b": {"type": "openai", "baseUrl": "%s"}},
                 %s, "health": {"enabled": false}, "streaming": {"heartbeat": "400ms"},
                 "timeouts": {"firstToken": "2s", "response": "3s", "idle": "2s", "exchange": "20s", "stalledWrite": "30s"}}
                """
                        .formatted(first.baseUrl(), second.baseUrl(), TwoProviders.MODELS);
        server = GatewayServer.start(
                filter, Files.writeString(Files.createTempFile("understudy", ".json"), configuration));
    }

    ScriptedUpstream first() {
        return first;
    }

    ScriptedUpstream second() {
        return second;
    }

    int port() {
        return server.port();
    }

    /** How many threads the gateway has. */
    static int threads() {
        return (int) Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("understudy"))
                .count();
    }

    /** Waits until nothing of any exchange is there any more: no call, no held byte, no timer, no buffer. */
    void awaitNothingLeft() {
        await(() -> filter.gateway().running() == 0, "exchanges end");
        await(() -> first.busyConnections() + second.busyConnections() == 0, "upstream connections end or are pooled");
        assertThat(filter.gateway().heldBytes()).isZero();
        await(() -> !histogram().contains(EXCHANGE), "exchanges are garbage");
        server.undeploy();
        await(() -> buffers.getLeaks().isEmpty(), "buffers are given back: " + buffers.dumpLeaks());
    }

    @Override
    public void close() {
        server.close();
        first.close();
        second.close();
    }

    private static void await(BooleanSupplier condition, String what) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - deadline).as(what).isNegative();
            LockSupport.parkNanos(50_000_000);
        }
    }

    /** Which classes have instances that are still needed. */
    private static String histogram() {
        try {
            Object answer = ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "gcClassHistogram",
                            new Object[] {new String[0]},
                            new String[] {String[].class.getName()});
            return answer.toString().replaceAll(" *\\([^)]*\\)", "");
        } catch (JMException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The product's filter, but with a gateway that can be looked into. */
    private final class OpenFilter implements Filter {
        private final Routes routes = Routes.below("/v1");
        private volatile @Nullable Gateway gateway;

        Gateway gateway() {
            return Objects.requireNonNull(gateway);
        }

        @Override
        public void init(FilterConfig config) throws ServletException {
            try {
                Settings settings = ConfigReader.of(config).read();
                gateway = new Gateway(settings, new GatewayCustomizer() {}, new Transports(buffers));
            } catch (ConfigException e) {
                throw new ServletException(e);
            }
        }

        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            HttpServletRequest http = (HttpServletRequest) request;
            gateway().serve(Objects.requireNonNull(routes.match(http)), http, (HttpServletResponse) response, chain);
        }

        @Override
        public void destroy() {
            gateway().close();
        }
    }
}
