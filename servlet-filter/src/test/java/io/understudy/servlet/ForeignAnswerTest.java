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
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
    @EnumSource
    void a_plain_answer_reaches_the_caller_whole(Manner manner) throws Exception {
        upstream.then(Reply.json(503, "{}"), Reply.json(200, WIRE.answer("Hello")));
        try (GatewayServer gateway = GatewayServer.startBehind(new AnswerTakingFilter(manner), configuration(""))) {
            RawAnswer answer = ask(gateway, WIRE.request("gpt", "Hi"));
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text()).isEqualTo(WIRE.answer("Hello") + SEAL);
            assertThat(answer.headers().first("X-Taken")).hasValue("true");
        }
    }

    @ParameterizedTest
    @EnumSource
    void so_does_a_stream(Manner manner) throws Exception {
        upstream.then(Reply.stream(WIRE.streamed("Hello", " you").all()));
        try (GatewayServer gateway = GatewayServer.startBehind(new AnswerTakingFilter(manner), configuration(""))) {
            assertThat(ask(gateway, WIRE.streamedRequest("gpt", "Hi")).text())
                    .isEqualTo(WIRE.streamed("Hello", " you").text() + SEAL);
        }
    }

    /** The application's own answer is no stream. */
    @ParameterizedTest
    @EnumSource
    void so_does_one_that_takes_over_from_the_application(Manner manner) throws Exception {
        upstream.then(Reply.stream(WIRE.streamed("Hello", " you").all()));
        try (GatewayServer gateway = GatewayServer.startBehind(
                new AnswerTakingFilter(manner), configuration("{\"provider\": \"chain\"}, "))) {
            RawAnswer answer = ask(gateway, WIRE.streamedRequest("gpt", "Hi"));
            assertThat(answer.text()).isEqualTo(WIRE.streamed("Hello", " you").text() + SEAL);
            assertThat(answer.headers().first("X-Understudy-Trace").orElse("none"))
                    .matches("chain;200;.*, a;200;.*");
        }
    }

    @Test
    void what_is_known_of_some_filters_says_nothing_of_others() throws Exception {
        upstream.always(Reply.json(200, WIRE.answer("Hello")));
        Filter taking = new AnswerTakingFilter(Manner.DEAF);
        Filter passing = new PassingFilter(new CompletableFuture<>());
        Filter sometimesTaking = (request, response, chain) -> {
            FilterChain passed = (innerRequest, innerResponse) -> passing.doFilter(innerRequest, innerResponse, chain);
            if ("taken".equals(((HttpServletRequest) request).getQueryString())) {
                taking.doFilter(request, response, passed);
            } else {
                passed.doFilter(request, response);
            }
        };
        try (GatewayServer gateway = GatewayServer.startBehind(sometimesTaking, configuration(""))) {
            String json = WIRE.request("gpt", "Hi");
            assertThat(ask(gateway, json).text()).isEqualTo(WIRE.answer("Hello"));
            try (RawCaller caller = RawCaller.connect(gateway.port())) {
                assertThat(caller.postJson(CHAT + "?taken", json).answer().text())
                        .isEqualTo(WIRE.answer("Hello") + SEAL);
            }
        }
    }

    /** A request that something in front makes fail leaves no trace behind. */
    @Test
    void one_without_a_stream_takes_nobodys_place() throws Exception {
        upstream.always(Reply.json(200, WIRE.answer("Hello")));
        Filter wordless = (request, response, chain) -> {
            if (((HttpServletRequest) request).getQueryString() == null) {
                chain.doFilter(request, response);
                return;
            }
            chain.doFilter(request, new HttpServletResponseWrapper((HttpServletResponse) response) {
                @Override
                public ServletOutputStream getOutputStream() {
                    throw new UnsupportedOperationException("only a writer");
                }
            });
        };
        try (GatewayServer gateway = GatewayServer.startBehind(wordless, configuration(""))) {
            for (int i = 0; i < 3; i++) {
                try (RawCaller caller = RawCaller.connect(gateway.port())) {
                    assertThat(caller.postJson(CHAT + "?wordless", WIRE.request("gpt", "Hi"))
                                    .answer()
                                    .status())
                            .isEqualTo(500);
                }
            }
            assertThat(ask(gateway, WIRE.request("gpt", "Hi")).status()).isEqualTo(200);
        }
    }

    /** As Spring Security's filters, for one. */
    @Test
    void one_that_passes_listeners_on_holds_no_thread() throws Exception {
        PassingFilter passing = new PassingFilter(new CompletableFuture<>());
        upstream.then(Reply.stream(WIRE.streamed("Hello", " you").all()));
        try (GatewayServer gateway = GatewayServer.startBehind(passing, configuration(""))) {
            assertThat(ask(gateway, WIRE.streamedRequest("gpt", "Hi")).text())
                    .isEqualTo(WIRE.streamed("Hello", " you").text());
            assertThat(passing.asynchronous())
                    .succeedsWithin(Duration.ofSeconds(10))
                    .isEqualTo(true);
        }
    }

    private static RawAnswer ask(GatewayServer gateway, String json) {
        try (RawCaller caller = RawCaller.connect(gateway.port())) {
            return caller.postJson(CHAT, json).answer();
        }
    }

    private String configuration(String first) {
        return """
                {"providers": {"a": {"type": "openai", "baseUrl": "%s"}},
                 "models": {"gpt": [%s{"provider": "a"}]},
                 "failover": {"baseDelay": "1ms"},
                 "limits": {"maxConcurrent": 2}}
                """
                .formatted(upstream.baseUrl(), first);
    }

    /** How such filters are written. */
    private enum Manner {
        /** Its stream refuses a listener. */
        DEAF,
        /** Its stream forgets one. */
        FORGETFUL,
        /** Its stream, made of a stub, throws an error. */
        UNFINISHED,
        /** What it has taken goes to the writer. */
        THROUGH_WRITER,
        /** It passes listeners on to the container, which knows nothing of what was taken: Spring's caching filters. */
        CACHING
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

    private record AnswerTakingFilter(Manner manner) implements Filter {
        @Override
        public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            ByteArrayOutputStream taken = new ByteArrayOutputStream();
            HttpServletResponse http = (HttpServletResponse) response;
            chain.doFilter(
                    request, manner == Manner.CACHING ? new Caching(http, taken) : new Collecting(http, taken, manner));
            taken.writeBytes(SEAL.getBytes(StandardCharsets.UTF_8));
            http.setHeader("X-Taken", "true");
            if (manner == Manner.THROUGH_WRITER) {
                response.getWriter().write(taken.toString(StandardCharsets.UTF_8));
            } else {
                taken.writeTo(response.getOutputStream());
            }
        }
    }

    private static class Collecting extends HttpServletResponseWrapper {
        private final ByteArrayOutputStream taken;
        private final Manner manner;

        Collecting(HttpServletResponse response, ByteArrayOutputStream taken, Manner manner) {
            super(response);
            this.taken = taken;
            this.manner = manner;
        }

        @Override
        public ServletOutputStream getOutputStream() throws IOException {
            return new Taking(taken, this::listened);
        }

        void listened(WriteListener listener) {
            if (manner == Manner.UNFINISHED) {
                throw new AssertionError("not implemented yet");
            } else if (manner != Manner.FORGETFUL) {
                throw new UnsupportedOperationException("not supported");
            }
        }

        @Override
        public void setContentLength(int length) {
            // Whoever takes the answer decides.
        }

        @Override
        public void flushBuffer() {
            // So the head can still be changed.
        }
    }

    private static final class Caching extends Collecting {
        private final ByteArrayOutputStream taken;

        Caching(HttpServletResponse response, ByteArrayOutputStream taken) {
            super(response, taken, Manner.CACHING);
            this.taken = taken;
        }

        @Override
        void listened(WriteListener listener) {
            try {
                getResponse().getOutputStream().setWriteListener(listener);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void resetBuffer() {
            taken.reset();
        }
    }

    private static final class Taking extends ServletOutputStream {
        private final ByteArrayOutputStream taken;
        private final Consumer<WriteListener> listened;

        Taking(ByteArrayOutputStream taken, Consumer<WriteListener> listened) {
            this.taken = taken;
            this.listened = listened;
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
            listened.accept(listener);
        }
    }
}
