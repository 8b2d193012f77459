package io.understudy.core.failure;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.UnresolvedAddressException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * Tells what kind of failure an exception is, by its type and by those of its causes, never by its text: "invalid
 * network configuration" is no network failure.
 *
 * <table>
 * <caption>The first line that fits any exception of the chain</caption>
 * <tr><td>{@link InterruptedException}, {@link ClosedByInterruptException}, {@link CancellationException}</td>
 *     <td>cancelled</td></tr>
 * <tr><td>a class named …{@code TimeoutException} (of the JDK, java.net.http, Jetty, Netty …); a plain
 *     {@link InterruptedIOException} (OkHttp's call timeout)</td><td>timeout</td></tr>
 * <tr><td>any other {@link IOException} (refused, reset, DNS, TLS, EOF …), {@link UnresolvedAddressException}</td>
 *     <td>connection</td></tr>
 * <tr><td>nothing of these: a mistake in the calling program</td><td>bad_request</td></tr>
 * </table>
 *
 * <p>Some of them prove that the request was never sent, whatever the caller believes: refused, no route, unknown host,
 * a failed TLS handshake.
 */
final class ExceptionClassifier {
    private ExceptionClassifier() {}

    static Failure classify(Throwable thrown, boolean requestWritten) {
        List<Throwable> chain = chain(thrown);
        FailureKind kind = kind(chain);
        Failure failure = Failure.of(kind, message(kind)).withCause(thrown);
        boolean lost = kind == FailureKind.CONNECTION || kind == FailureKind.TIMEOUT;
        boolean unsent = chain.stream().anyMatch(ExceptionClassifier::provesUnsent);
        return requestWritten && lost && !unsent ? failure.billed() : failure;
    }

    /** What the exception tells or, if that is nothing, the first of its causes that tells something; null if none does. */
    static <T> @Nullable T firstOfChain(Throwable thrown, Function<? super Throwable, @Nullable T> question) {
        for (Throwable link : chain(thrown)) {
            T told = question.apply(link);
            if (told != null) {
                return told;
            }
        }
        return null;
    }

    private static List<Throwable> chain(Throwable thrown) {
        List<Throwable> chain = new ArrayList<>();
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (@Nullable Throwable next = thrown; next != null && seen.add(next); next = next.getCause()) {
            chain.add(next);
        }
        return chain;
    }

    private static FailureKind kind(List<Throwable> chain) {
        if (chain.stream().anyMatch(ExceptionClassifier::isCancellation)) {
            return FailureKind.CANCELLED;
        }
        if (chain.stream().anyMatch(ExceptionClassifier::isTimeout)) {
            return FailureKind.TIMEOUT;
        }
        return chain.stream().anyMatch(ExceptionClassifier::isIo) ? FailureKind.CONNECTION : FailureKind.BAD_REQUEST;
    }

    private static boolean isIo(Throwable thrown) {
        return thrown instanceof IOException || thrown instanceof UnresolvedAddressException;
    }

    /** Whether there was no connection yet that a request could have been sent over. */
    private static boolean provesUnsent(Throwable thrown) {
        return thrown instanceof ConnectException
                || thrown instanceof NoRouteToHostException
                || thrown instanceof UnknownHostException
                || thrown instanceof UnresolvedAddressException
                || thrown instanceof SSLHandshakeException;
    }

    private static boolean isCancellation(Throwable thrown) {
        return thrown instanceof InterruptedException
                || thrown instanceof ClosedByInterruptException
                || thrown instanceof CancellationException;
    }

    private static boolean isTimeout(Throwable thrown) {
        if (thrown.getClass() == InterruptedIOException.class) {
            return true;
        }
        for (Class<?> type = thrown.getClass(); type != null; type = type.getSuperclass()) {
            if (type.getSimpleName().endsWith("TimeoutException")) {
                return true;
            }
        }
        return false;
    }

    private static String message(FailureKind kind) {
        return switch (kind) {
            case CANCELLED -> "the call was cancelled";
            case TIMEOUT -> "no answer in time";
            case CONNECTION -> "the connection failed";
            default -> "the call could not be made";
        };
    }
}
