package io.understudy.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.servlet.testing.ChatWire;
import io.understudy.servlet.testing.GatewayServer;
import io.understudy.servlet.testing.RawAnswer;
import io.understudy.servlet.testing.RawCaller;
import io.understudy.servlet.testing.ReceivedRequest;
import io.understudy.servlet.testing.Reply;
import io.understudy.servlet.testing.ScriptedUpstream;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** To whom a provider's credentials are sent: only to who proves to be that provider, and through its proxy if it has one. */
class TrustTest {
    private final ChatWire wire = new ChatWire("served-model");
    private final ScriptedUpstream provider = ScriptedUpstream.start();
    private final ScriptedUpstream other = ScriptedUpstream.start();
    private final Path folder;

    TrustTest(@TempDir Path folder) {
        this.folder = folder;
        provider.always(Reply.json(200, wire.answer("from the provider")));
        other.always(Reply.json(200, wire.answer("from the other")));
    }

    @AfterEach
    void stop() {
        provider.close();
        other.close();
    }

    @Test
    void a_certificate_that_nobody_vouches_for_is_a_failed_connection() throws Exception {
        try (TlsFront tls = TlsFront.start(TlsFront.selfSigned(folder, "ip:127.0.0.1"), provider.port())) {
            RawAnswer answer = ask("https://127.0.0.1:" + tls.port(), "");

            assertThat(answer.text()).contains("from the other");
            assertThat(answer.headers().first("X-Understudy-Trace").orElseThrow())
                    .matches("a;.*;connection, .*b;200;\\d+ms");
            assertThat(provider.requests()).isEmpty();
        }
    }

    @Test
    void a_certificate_in_the_trust_store_is_enough_in_pem() throws Exception {
        Path store = TlsFront.selfSigned(folder, "ip:127.0.0.1");
        try (TlsFront tls = TlsFront.start(store, provider.port())) {
            assertThat(ask(
                                    "https://127.0.0.1:" + tls.port(),
                                    ", \"trustStore\": {\"path\": \"%s\"}".formatted(TlsFront.pem(store)))
                            .text())
                    .contains("from the provider");
        }
    }

    @Test
    void a_certificate_in_the_trust_store_is_enough_in_pkcs12() throws Exception {
        Path store = TlsFront.selfSigned(folder, "ip:127.0.0.1");
        try (TlsFront tls = TlsFront.start(store, provider.port())) {
            assertThat(ask(
                                    "https://127.0.0.1:" + tls.port(),
                                    ", \"trustStore\": {\"path\": \"%s\", \"password\": \"%s\"}"
                                            .formatted(store, TlsFront.PASSWORD))
                            .text())
                    .contains("from the provider");
        }
    }

    @Test
    void a_trusted_certificate_for_another_name_is_a_failed_connection() throws Exception {
        Path store = TlsFront.selfSigned(folder, "dns:somebody.example");
        try (TlsFront tls = TlsFront.start(store, provider.port())) {
            RawAnswer answer = ask(
                    "https://127.0.0.1:" + tls.port(),
                    ", \"trustStore\": {\"path\": \"%s\"}".formatted(TlsFront.pem(store)));

            assertThat(answer.text()).contains("from the other");
            assertThat(provider.requests()).isEmpty();
        }
    }

    @Test
    void a_proxy_gets_plain_requests_by_absolute_url() throws Exception {
        try (SmallProxy proxy = new SmallProxy()) {
            String base = "http://127.0.0.1:" + provider.port();

            RawAnswer answer = ask(base, ", \"proxy\": \"%s\"".formatted(proxy.url()));

            assertThat(answer.text()).contains("from the provider");
            assertThat(proxy.heads().get(0)).startsWith("POST " + base + "/v1/chat/completions HTTP/1.1\r\n");
        }
    }

    @Test
    void a_proxy_tunnels_tls_and_learns_nothing_but_the_address() throws Exception {
        Path store = TlsFront.selfSigned(folder, "ip:127.0.0.1");
        try (SmallProxy proxy = new SmallProxy();
                TlsFront tls = TlsFront.start(store, provider.port())) {
            RawAnswer answer = ask(
                    "https://127.0.0.1:" + tls.port(),
                    ", \"proxy\": \"%s\", \"trustStore\": {\"path\": \"%s\"}"
                            .formatted(proxy.url(), TlsFront.pem(store)));

            assertThat(answer.text()).contains("from the provider");
            assertThat(proxy.heads().get(0))
                    .startsWith("CONNECT 127.0.0.1:" + tls.port() + " HTTP/1.1\r\n")
                    .doesNotContain("sk-of-a", "understudy", "Theatre");
            ReceivedRequest received = provider.awaitRequest();
            assertThat(received.target()).isEqualTo("/v1/chat/completions");
            assertThat(received.headers().all("Authorization")).containsExactly("Bearer sk-of-a");
        }
    }

    @Test
    void a_proxy_that_is_not_there_is_a_failed_connection() throws Exception {
        other.always(Reply.json(200, wire.answer("from the other")));
        ScriptedUpstream nobody = ScriptedUpstream.start();
        int port = nobody.port();
        nobody.refuse();

        RawAnswer answer =
                ask("http://127.0.0.1:" + provider.port(), ", \"proxy\": \"http://127.0.0.1:%d\"".formatted(port));

        assertThat(answer.text()).contains("from the other");
        assertThat(provider.requests()).isEmpty();
        nobody.close();
    }

    @Test
    void a_redirect_is_not_followed() throws Exception {
        provider.always(Reply.json(307, "{}", "Location", "http://127.0.0.1:%d/v1/elsewhere".formatted(other.port())));

        RawAnswer answer = ask("http://127.0.0.1:" + provider.port(), "");

        assertThat(answer.text()).contains("from the other");
        assertThat(answer.headers().first("Location")).isEmpty();
        assertThat(other.requests()).extracting(ReceivedRequest::target).containsOnly("/v1/chat/completions");
    }

    @Test
    void a_cookie_is_neither_kept_nor_passed_on() throws Exception {
        provider.always(Reply.json(200, wire.answer("from the provider"), "Set-Cookie", "session=of-a; Path=/"));
        try (GatewayServer gateway = gateway("http://127.0.0.1:" + provider.port(), "")) {
            for (int i = 0; i < 2; i++) {
                RawAnswer answer = ask(gateway);
                assertThat(answer.headers().first("Set-Cookie")).isEmpty();
            }
        }
        assertThat(provider.requests())
                .hasSize(2)
                .allMatch(request -> request.headers().all("Cookie").isEmpty());
    }

    private RawAnswer ask(String base, String more) throws Exception {
        try (GatewayServer gateway = gateway(base, more)) {
            return ask(gateway);
        }
    }

    private RawAnswer ask(GatewayServer gateway) {
        try (RawCaller caller = RawCaller.connect(gateway.port())) {
            return caller.post(
                            "/v1/chat/completions",
                            wire.request("gpt", "Hi").getBytes(UTF_8),
                            "User-Agent",
                            "Theatre/1.0")
                    .answer();
        }
    }

    private GatewayServer gateway(String base, String more) throws Exception {
        return GatewayServer.start(
                """
                {"providers": {"a": {"type": "openai", "baseUrl": "%s/v1", "apiKey": "sk-of-a" %s},
                               "b": {"type": "openai", "baseUrl": "%s"}},
                 "models": {"gpt": [{"provider": "a"}, {"provider": "b", "priority": 1}]},
                 "failover": {"sameProviderRetries": 0}}
                """
                        .formatted(base, more, other.baseUrl()));
    }
}
