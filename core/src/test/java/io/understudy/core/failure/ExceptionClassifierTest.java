package io.understudy.core.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ExceptionClassifierTest {
    private final FailureClassifier classifier = new FailureClassifier(false, List.of());

    @SuppressWarnings("serial") // Never serialized.
    private static final class ReadTimeoutException extends RuntimeException {}

    @SuppressWarnings("serial") // Never serialized.
    private static final class HttpConnectTimeoutExceptionOfMine extends TimeoutException {}

    static Stream<Arguments> exceptions() {
        return Stream.of(
                Arguments.of(new ConnectException("Connection refused"), FailureKind.CONNECTION, false),
                Arguments.of(new SocketException("Connection reset"), FailureKind.CONNECTION, true),
                Arguments.of(new UnknownHostException("api.example"), FailureKind.CONNECTION, false),
                Arguments.of(new NoRouteToHostException(), FailureKind.CONNECTION, false),
                Arguments.of(new SSLHandshakeException("bad certificate"), FailureKind.CONNECTION, false),
                Arguments.of(new EOFException(), FailureKind.CONNECTION, true),
                Arguments.of(new ClosedChannelException(), FailureKind.CONNECTION, true),
                Arguments.of(new UnresolvedAddressException(), FailureKind.CONNECTION, false),
                Arguments.of(new UncheckedIOException(new IOException("cut")), FailureKind.CONNECTION, true),
                Arguments.of(new SocketTimeoutException("Read timed out"), FailureKind.TIMEOUT, true),
                Arguments.of(new InterruptedIOException("timeout"), FailureKind.TIMEOUT, true),
                Arguments.of(new TimeoutException(), FailureKind.TIMEOUT, true),
                Arguments.of(new ReadTimeoutException(), FailureKind.TIMEOUT, true),
                Arguments.of(new HttpConnectTimeoutExceptionOfMine(), FailureKind.TIMEOUT, true),
                Arguments.of(new IOException(new TimeoutException()), FailureKind.TIMEOUT, true),
                Arguments.of(new InterruptedException(), FailureKind.CANCELLED, false),
                Arguments.of(new CancellationException(), FailureKind.CANCELLED, false),
                Arguments.of(new ClosedByInterruptException(), FailureKind.CANCELLED, false),
                Arguments.of(
                        new IllegalArgumentException("invalid network configuration"), FailureKind.BAD_REQUEST, false),
                Arguments.of(new IllegalStateException("connection timeout"), FailureKind.BAD_REQUEST, false));
    }

    @ParameterizedTest
    @MethodSource("exceptions")
    void the_type_tells_the_kind(Throwable thrown, FailureKind kind) {
        Failure failure = classifier.classify(thrown, false);
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.cause()).isSameAs(thrown);
        assertThat(failure.maybeBilled()).isFalse();
        assertThat(failure.status()).isNull();
    }

    @ParameterizedTest
    @MethodSource("exceptions")
    void a_cause_tells_as_much_as_the_exception_itself(Throwable thrown, FailureKind kind) {
        Throwable wrapped = new CompletionException(new ExecutionException(new RuntimeException("x", thrown)));
        assertThat(classifier.classify(wrapped, false).kind()).isEqualTo(kind);
    }

    @Test
    void causes_that_go_round_in_a_circle_end() {
        Exception first = new Exception("first");
        Exception second = new Exception("second", first);
        first.initCause(second);
        assertThat(classifier.classify(first, false).kind()).isEqualTo(FailureKind.BAD_REQUEST);
    }

    @ParameterizedTest
    @MethodSource("exceptions")
    void a_loss_after_the_request_was_written_may_be_billed_unless_it_cannot_have_been(
            Throwable thrown, FailureKind kind, boolean maybeBilled) {
        assertThat(classifier.classify(thrown, true).maybeBilled()).isEqualTo(maybeBilled);
        assertThat(classifier.classify(new IOException(thrown), true).maybeBilled())
                .isEqualTo(maybeBilled || kind == FailureKind.BAD_REQUEST);
    }

    @Test
    void says_what_happened_without_repeating_the_exceptions_text() {
        assertThat(classifier.classify(new ConnectException("10.0.0.7"), false).message())
                .isEqualTo("the connection failed");
        assertThat(classifier.classify(new TimeoutException("10.0.0.7"), false).message())
                .isEqualTo("no answer in time");
        assertThat(classifier
                        .classify(new CancellationException("10.0.0.7"), false)
                        .message())
                .isEqualTo("the call was cancelled");
        assertThat(classifier.classify(new RuntimeException("10.0.0.7"), false).message())
                .isEqualTo("the call could not be made");
    }
}
