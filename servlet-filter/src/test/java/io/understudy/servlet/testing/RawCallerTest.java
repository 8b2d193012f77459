package io.understudy.servlet.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.understudy.servlet.testing.Closed.How;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RawCallerTest {
    private final ScriptedUpstream server = ScriptedUpstream.start();
    private final RawCaller caller = RawCaller.connectNarrow(server.port());

    @AfterEach
    void close() {
        caller.close();
        server.close();
    }

    @Test
    void sends_its_bytes() {
        caller.post("/v1/x", new byte[] {0, -1}, "x-a", "b");
        ReceivedRequest request = server.awaitRequest();
        assertThat(request.requestLine()).isEqualTo("POST /v1/x HTTP/1.1");
        assertThat(request.headers().first("X-A")).hasValue("b");
        assertThat(request.body()).containsExactly(0, -1);
    }

    @Test
    void sees_the_chunks_as_they_are() {
        server.then(Reply.stream().event("a").event("b").event("c!").end());
        caller.postJson("/", "{}");
        assertThat(caller.head().headers().first("content-type")).hasValue("text/event-stream; charset=utf-8");
        assertThat(caller.chunk()).isEqualTo("a");
        assertThat(caller.chunksUpTo("!")).isEqualTo("bc!");
        assertThat(caller.chunk()).isEmpty();
    }

    @Test
    void misses_what_never_comes() {
        server.then(Reply.stream().event("a").end());
        caller.postJson("/", "{}").head();
        assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> caller.chunksUpTo("b"));
    }

    @Test
    void reads_an_answer_without_a_frame_to_its_end() {
        server.then(Reply.silence()
                .write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nall of it".getBytes(UTF_8))
                .close());
        caller.postJson("/", "{}");
        assertThat(caller.answer().text()).isEqualTo("all of it");
        assertThat(caller.ended()).isTrue();
    }

    @Test
    void leaves_as_it_is_told() {
        server.always(Reply.silence().stall());
        caller.postJson("/", "{}");
        server.awaitRequest();
        caller.finishSending();
        assertThat(server.awaitClosed(1).how()).isEqualTo(How.BY_PEER);
        RawCaller other = RawCaller.connect(server.port()).postJson("/", "{}");
        server.awaitRequest();
        other.reset();
        assertThat(server.awaitClosed(2).how()).isEqualTo(How.BROKEN_BY_PEER);
    }
}
