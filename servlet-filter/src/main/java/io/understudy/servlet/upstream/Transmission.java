package io.understudy.servlet.upstream;

import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/**
 * One request on one connection, and what must be known about it when it is lost: had it begun to leave, was the
 * connection a used one, had anything come back?
 */
final class Transmission {
    private static final String FRESH = "fresh";

    private final BiConsumer<Response, Content.Source> answered;
    private final Consumer<TransmissionFailure> lost;
    private volatile boolean onReusedConnection;
    private volatile boolean requestWritten;
    private volatile boolean responseBegun;
    private volatile @Nullable WakefulContent body;

    Transmission(BiConsumer<Response, Content.Source> answered, Consumer<TransmissionFailure> lost) {
        this.answered = answered;
        this.lost = lost;
    }

    /**
     * The request on a connection of its own: the tag keeps it out of the pool of the others, and {@code close} keeps
     * its connection out of its own.
     */
    static Request onFreshConnection(Request request) {
        return request.tag(FRESH).headers(h -> h.put(HttpHeader.CONNECTION, "close"));
    }

    void send(UpstreamCall call, Request request) {
        request.onRequestBegin(begun -> onReusedConnection = isReused(begun));
        request.onRequestCommit(committed -> requestWritten = true);
        request.onResponseBegin(begun -> responseBegun = true);
        request.onResponseContentSource((head, content) -> {
            WakefulContent wakeful = new WakefulContent(content);
            body = wakeful;
            answered.accept(head, wakeful);
        });
        call.attach(cause -> {
            var unused = request.abort(cause);
        });
        request.send(result -> {
            if (result.isFailed()) {
                failed(result.getFailure());
            }
        });
    }

    /** Before the head the call is lost; after it the body is what fails. */
    private void failed(Throwable cause) {
        WakefulContent content = body;
        if (content == null) {
            lost.accept(new TransmissionFailure(cause, requestWritten, onReusedConnection && !responseBegun));
        } else {
            content.failed(cause);
        }
    }

    private static boolean isReused(Request request) {
        return request.getConnection() instanceof Connection connection && connection.getMessagesIn() > 0;
    }
}
