package io.understudy.servlet.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import io.understudy.servlet.fake.ScriptedSource;
import io.understudy.servlet.report.ExchangeRecord.Outcome;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The ways in which containers tell that a caller has left: one of them is enough, and all of them are one end. */
class SignalsTest {
    private final ServedExchange served = new ServedExchange();

    /** What a container does when it notices. */
    enum Signal {
        FAILED_WRITE,
        WRITE_LISTENER,
        ASYNC_LISTENER_ERROR,
        ASYNC_LISTENER_TIMEOUT,
        COMPLETION
    }

    @ParameterizedTest
    @EnumSource(Signal.class)
    void each_cancels_the_call_and_what_follows_changes_nothing(Signal first) throws IOException {
        served.begin(true);
        ScriptedSource body = served.upstream().head(200, "text/event-stream").text(ServedExchange.CONTENT);
        served.caller.goOn();

        give(first, body);

        assertThat(served.isAborted()).isTrue();
        assertThat(served.record().outcome()).isEqualTo(Outcome.CANCELLED);
        List<Signal> others =
                Stream.of(Signal.values()).filter(signal -> signal != first).toList();
        for (Signal signal : others) {
            give(signal, body);
        }
        served.verifyOver();
    }

    private void give(Signal signal, ScriptedSource body) throws IOException {
        IOException reset = new IOException("reset");
        switch (signal) {
            case FAILED_WRITE -> {
                served.caller.leave(reset);
                body.text(ServedExchange.CONTENT);
            }
            case WRITE_LISTENER -> served.caller.containerNotices(reset);
            case ASYNC_LISTENER_ERROR -> served.caller.containerFails(reset);
            case ASYNC_LISTENER_TIMEOUT -> served.caller.containerTimesOut();
            case COMPLETION -> served.caller.containerEnds();
        }
    }
}
