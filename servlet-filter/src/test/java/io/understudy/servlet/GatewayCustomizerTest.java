package io.understudy.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.understudy.servlet.report.ExchangeListener;
import io.understudy.servlet.report.ExchangeRecord;
import io.understudy.servlet.report.Meters;
import io.understudy.servlet.report.MetricsListener;
import io.understudy.servlet.testing.ChatWire;
import io.understudy.servlet.testing.GatewayServer;
import io.understudy.servlet.testing.RawAnswer;
import io.understudy.servlet.testing.RawCaller;
import io.understudy.servlet.testing.ReceivedRequest;
import io.understudy.servlet.testing.Reply;
import io.understudy.servlet.testing.ScriptedUpstream;
import jakarta.ws.rs.client.ClientRequestFilter;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an application can add. */
class GatewayCustomizerTest {
    private final ChatWire wire = new ChatWire("served-model");
    private final ScriptedUpstream first = ScriptedUpstream.start();
    private final ScriptedUpstream second = ScriptedUpstream.start();

    GatewayCustomizerTest() {
        first.always(Reply.json(200, wire.answer("from the first")));
        second.always(Reply.json(200, wire.answer("from the second")));
    }

    @AfterEach
    void stop() {
        first.close();
        second.close();
    }

    @Test
    void a_filter_that_signs() throws Exception {
        ask(customizer(new SigningFilter("shared-key")));

        ReceivedRequest received = first.awaitRequest();
        assertThat(received.headers().all("X-Signature"))
                .containsExactly(hmac("POST " + first.baseUrl() + "/chat/completions\n" + received.text()));
        assertThat(received.headers().all("Authorization")).containsExactly("Bearer sk-of-a");
    }

    @Test
    void a_filter_changes_what_is_sent_and_runs_in_a_thread_of_its_own() throws Exception {
        BlockingQueue<String> threads = new LinkedBlockingQueue<>();
        ask(customizer(request -> {
            threads.add(Thread.currentThread().getName());
            request.getHeaders().putSingle("Authorization", "Bearer fresh-token");
        }));

        assertThat(threads.poll(60, TimeUnit.SECONDS)).isEqualTo("understudy-filters");
        assertThat(first.awaitRequest().headers().all("Authorization")).containsExactly("Bearer fresh-token");
    }

    @Test
    void a_filter_that_fails_fails_the_attempt_alone() throws Exception {
        RawAnswer answer = ask(customizer(request -> {
            if (request.getUri().getPort() == first.port()) {
                throw new IOException("no token");
            }
        }));

        assertThat(answer.text()).contains("from the second");
        assertThat(first.requests()).isEmpty();
    }

    @Test
    void a_listener_is_told_of_every_exchange_whatever_another_one_does() throws Exception {
        BlockingQueue<ExchangeRecord> told = new LinkedBlockingQueue<>();
        GatewayCustomizer customizer = new GatewayCustomizer() {
            @Override
            public List<ExchangeListener> exchangeListeners() {
                return List.of(
                        exchange -> {
                            throw new IllegalStateException("scripted");
                        },
                        told::add);
            }
        };

        RawAnswer answer = ask(customizer);

        assertThat(answer.status()).isEqualTo(200);
        ExchangeRecord exchange = told.poll(60, TimeUnit.SECONDS);
        assertThat(exchange).isNotNull();
        assertThat(exchange.provider()).isEqualTo("a");
        assertThat(told).isEmpty();
    }

    @Test
    void meters_go_to_the_applications_own_registry() throws Exception {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        BlockingQueue<ExchangeRecord> told = new LinkedBlockingQueue<>();
        ask(new GatewayCustomizer() {
            @Override
            public List<Meters> meters() {
                return List.of(MetricsListener.of(registry));
            }

            @Override
            public List<ExchangeListener> exchangeListeners() {
                return List.of(told::add);
            }
        });

        assertThat(told.poll(60, TimeUnit.SECONDS)).isNotNull();
        assertThat(registry.get("understudy.exchanges")
                        .tags("model", "gpt", "outcome", "success")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void a_customizer_is_found_as_a_service(@TempDir Path folder) throws IOException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(GatewayCustomizer.class.getName()), Declared.class.getName());
        try (URLClassLoader application = new URLClassLoader(
                new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
            Customizers found = Customizers.declared(application);

            assertThat(found.requestFilters())
                    .hasOnlyElementsOfType(SigningFilter.class)
                    .hasSize(1);
            assertThat(found.exchangeListeners()).isEmpty();
        }
    }

    /** A customizer that is declared as a service. */
    public static final class Declared implements GatewayCustomizer {
        /** Made by the service loader. */
        public Declared() {}

        @Override
        public List<ClientRequestFilter> requestFilters() {
            return List.of(new SigningFilter("shared-key"));
        }
    }

    private static GatewayCustomizer customizer(ClientRequestFilter filter) {
        return new GatewayCustomizer() {
            @Override
            public List<ClientRequestFilter> requestFilters() {
                return List.of(filter);
            }
        };
    }

    private RawAnswer ask(GatewayCustomizer customizer) throws Exception {
        String configuration =
                """
                {"providers": {"a": {"type": "openai", "baseUrl": "%s", "apiKey": "sk-of-a"},
                               "b": {"type": "openai", "baseUrl": "%s"}},
                 "models": {"gpt": [{"provider": "a"}, {"provider": "b", "priority": 1}]},
                 "failover": {"sameProviderRetries": 0}}
                """
                        .formatted(first.baseUrl(), second.baseUrl());
        try (GatewayServer gateway = GatewayServer.start(new FailoverFilter(customizer), configuration);
                RawCaller caller = RawCaller.connect(gateway.port())) {
            return caller.post("/v1/chat/completions", wire.request("gpt", "Hi").getBytes(UTF_8))
                    .answer();
        }
    }

    private static String hmac(String text) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("shared-key".getBytes(UTF_8), "HmacSHA256"));
        return HexFormat.of().formatHex(mac.doFinal(text.getBytes(UTF_8)));
    }
}
