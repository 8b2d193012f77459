package io.understudy.servlet.upstream;

import jakarta.ws.rs.ProcessingException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.ByteBufferRequestContent;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpField;
import org.glassfish.jersey.client.ClientRequest;
import org.glassfish.jersey.client.ClientResponse;
import org.glassfish.jersey.client.spi.AsyncConnectorCallback;
import org.glassfish.jersey.client.spi.Connector;

/**
 * Jersey's transport over Jetty's {@code HttpClient}, non-blocking from end to end: the entity is an
 * {@link UpstreamBody} that is handed over as it is, the answer is reported when its head is there, and its body is a
 * {@code Content.Source} left in the request's {@link Handover}, read on demand.
 *
 * <p>Jersey's stock connectors block, buffer the whole answer, or lose failures: docs/adr/0001-upstream-client.md.
 */
final class JettyAsyncConnector implements Connector {
    private final HttpClient client;

    JettyAsyncConnector(HttpClient client) {
        this.client = client;
    }

    @Override
    public Future<?> apply(ClientRequest request, AsyncConnectorCallback callback) {
        Handover handover = Handover.of(request);
        new Transmission(
                        (head, content) -> {
                            handover.content(content);
                            callback.response(jaxrsResponse(request, head));
                        },
                        callback::failure)
                .send(handover.call, jettyRequest(request, handover));
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public ClientResponse apply(ClientRequest request) {
        throw new ProcessingException("this connector is asynchronous only (expected: a call through async())");
    }

    @Override
    public String getName() {
        return "understudy";
    }

    @Override
    public void close() {
        // The HttpClient belongs to whoever made it.
    }

    private Request jettyRequest(ClientRequest request, Handover handover) {
        Request jetty = client.newRequest(request.getUri()).method(request.getMethod());
        request.getStringHeaders().forEach((name, values) -> jetty.headers(h -> h.put(name, values)));
        jetty.idleTimeout(handover.silence.toMillis(), TimeUnit.MILLISECONDS);
        if (request.hasEntity()) {
            jetty.body(new ByteBufferRequestContent(((UpstreamBody) request.getEntity()).slices()));
        }
        return handover.freshConnection ? Transmission.onFreshConnection(jetty) : jetty;
    }

    private static ClientResponse jaxrsResponse(ClientRequest request, Response head) {
        ClientResponse response = new ClientResponse(new StatusLine(head.getStatus()), request);
        for (HttpField field : head.getHeaders()) {
            response.getHeaders().add(field.getLowerCaseName(), Objects.requireNonNullElse(field.getValue(), ""));
        }
        return response;
    }
}
