package io.understudy.example.boot;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Lets the requests that are running finish and answers new ones with 503 meanwhile. The port stays open, so that a load
 * balancer sees an answer instead of a refused connection.
 */
final class Drain extends GracefulHandler {
    private static final String REFUSAL =
            """
            {"error":{"message":"The gateway is stopping.","type":"upstream_error","param":null,"code":"gateway_overloaded"}}""";

    Drain(Handler handler) {
        super(handler);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (!isShutdown()) {
            return super.handle(request, response, callback);
        }
        return isPartOfRunningOne(request)
                ? getHandler().handle(request, response, callback)
                : refuse(response, callback);
    }

    /** In the demo a running exchange may still have to call its next provider, here. */
    private static boolean isPartOfRunningOne(Request request) {
        return request.getHttpURI().getPath().startsWith("/demo/");
    }

    private static boolean refuse(Response response, Callback callback) {
        response.setStatus(503);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        response.getHeaders().put(HttpHeader.RETRY_AFTER, 1);
        response.getHeaders().put(HttpHeader.CONNECTION, "close");
        Content.Sink.write(response, true, REFUSAL, callback);
        return true;
    }

    /** Returns when nothing is running any more, at the latest after 30 s. */
    void await() throws InterruptedException, ExecutionException {
        try {
            shutdown().get(30, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            // Whoever is still there is cut off when the server stops.
        }
    }
}
