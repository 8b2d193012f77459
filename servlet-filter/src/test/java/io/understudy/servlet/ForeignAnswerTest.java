package io.understudy.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.servlet.testing.ChatWire;
import io.understudy.servlet.testing.GatewayServer;
import io.understudy.servlet.testing.RawAnswer;
import io.understudy.servlet.testing.RawCaller;
import io.understudy.servlet.testing.Reply;
import io.understudy.servlet.testing.ScriptedUpstream;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A filter in front that takes the answer, to log or to compress it, and sends it on when the chain has returned. */
class ForeignAnswerTest {
    private static final ChatWire WIRE = new ChatWire("served");
    private static final String SEAL = "\n: taken\n\n";
    private static final String CHAT = "/v1" + WIRE.path();

    private final ScriptedUpstream upstream = ScriptedUpstream.start();

    @AfterEach
    void stop() {
        upstream.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void a_plain_answer_reaches_the_caller_whole(boolean throughWriter) throws Exception {
        upstream.then(Reply.json(503, "{}"), Reply.json(200, WIRE.answer("Hello")));
        try (GatewayServer gateway =
                GatewayServer.startBehind(new AnswerTakingFilter(throughWriter), configuration())) {
            RawAnswer answer = ask(gateway, WIRE.request("gpt", "Hi"));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text()).isEqualTo(WIRE.answer("Hello") + SEAL);
            assertThat(answer.headers().first("X-Taken")).hasValue("true");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void so_does_a_stream(boolean throughWriter) throws Exception {
        upstream.then(Reply.stream(WIRE.streamed("Hello", " you").all()));
        try (GatewayServer gateway =
                GatewayServer.startBehind(new AnswerTakingFilter(throughWriter), configuration())) {
            assertThat(ask(gateway, WIRE.streamedRequest("gpt", "Hi")).text())
                    .isEqualTo(WIRE.streamed("Hello", " you").text() + SEAL);
        }
    }

    /** As Spring Security's filters, for one. */
    @Test
    void one_that_passes_listeners_on_holds_no_thread() throws Exception {
        PassingFilter passing = new PassingFilter(new CompletableFuture<>());
        upstream.then(Reply.stream(WIRE.streamed("Hello", " you").all()));
        try (GatewayServer gateway = GatewayServer.startBehind(passing, configuration())) {
            assertThat(ask(gateway, WIRE.streamedRequest("gpt", "Hi")).text())
                    .isEqualTo(WIRE.streamed("Hello", " you").text());
            assertThat(passing.asynchronous()).isCompletedWithValue(true);
        }
    }

    private static RawAnswer ask(GatewayServer gateway, String json) {
        try (RawCaller caller = RawCaller.connect(gateway.port())) {
            return caller.postJson(CHAT, json).answer();
        }
    }

    private String configuration() {
        return """
                {"providers": {"a": {"type": "openai", "baseUrl": "%s"}},
                 "models": {"gpt": [{"provider": "a"}]},
                 "failover": {"baseDelay": "1ms"}}
                """
                .formatted(upstream.baseUrl());
    }

    /** Hears whether the request was still under way when the chain returned. */
    private record PassingFilter(CompletableFuture<Boolean> asynchronous) implements Filter {
        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            chain.doFilter(request, new HttpServletResponseWrapper((HttpServletResponse) response) {
                @Override
                public ServletOutputStream getOutputStream() throws IOException {
                    return new Passing(super.getOutputStream());
                }
            });
            asynchronous.complete(request.isAsyncStarted());
        }
    }

    private static final class Passing extends ServletOutputStream {
        private final ServletOutputStream out;

        Passing(ServletOutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int octet) throws IOException {
            out.write(octet);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }

        @Override
        public boolean isReady() {
            return out.isReady();
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            out.setWriteListener(listener);
        }
    }

    private record AnswerTakingFilter(boolean throughWriter) implements Filter {
        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            ByteArrayOutputStream taken = new ByteArrayOutputStream();
            chain.doFilter(request, new HttpServletResponseWrapper((HttpServletResponse) response) {
                @Override
                public ServletOutputStream getOutputStream() {
                    return new Taking(taken);
                }

                @Override
                public void setContentLength(int length) {
                    // Whoever takes the answer decides.
                }

                @Override
                public void flushBuffer() {
                    // So the head can still be changed.
                }
            });
            taken.writeBytes(SEAL.getBytes(StandardCharsets.UTF_8));
            ((HttpServletResponse) response).setHeader("X-Taken", "true");
            if (throughWriter) {
                response.getWriter().write(taken.toString(StandardCharsets.UTF_8));
            } else {
                taken.writeTo(response.getOutputStream());
            }
        }
    }

    private static final class Taking extends ServletOutputStream {
        private final ByteArrayOutputStream taken;

        Taking(ByteArrayOutputStream taken) {
            this.taken = taken;
        }

        @Override
        public void write(int octet) {
            taken.write(octet);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException("not supported");
        }
    }
}
