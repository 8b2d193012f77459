package io.understudy.servlet.upstream;

import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.client.Invocation;
import jakarta.ws.rs.client.InvocationCallback;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.component.LifeCycle;
import org.glassfish.jersey.CommonProperties;
import org.glassfish.jersey.client.ClientConfig;
import org.glassfish.jersey.client.ClientProperties;
import org.glassfish.jersey.client.JerseyClientBuilder;

/**
 * The upstream client as a Jersey client over {@link JettyAsyncConnector}, so that an application's own
 * {@link ClientRequestFilter}s (signing, tokens, tracing) take part in every call.
 *
 * <p>{@code JerseyClientBuilder} is named on purpose: {@code ClientBuilder.newClient()} is another vendor's in WildFly
 * and Open Liberty.
 */
public final class JerseyUpstreamClient implements UpstreamClient {
    private final HttpClient transport;
    private final Client client;

    /**
     * A client over a transport that it owns from now on.
     *
     * @param filters take part in every call
     */
    public JerseyUpstreamClient(HttpClient transport, RequestFilters filters) {
        this.transport = transport;
        JaxRs.chooseImplementation();
        ClientConfig config = new ClientConfig()
                .connectorProvider((jaxrs, runtime) -> new JettyAsyncConnector(transport))
                .property(ClientProperties.FOLLOW_REDIRECTS, false)
                .property(ClientProperties.SUPPRESS_HTTP_COMPLIANCE_VALIDATION, true)
                .property(CommonProperties.PROVIDER_DEFAULT_DISABLE, "ALL")
                .property(CommonProperties.FEATURE_AUTO_DISCOVERY_DISABLE, true)
                .property(CommonProperties.METAINF_SERVICES_LOOKUP_DISABLE, true);
        filters.filters().forEach(config::register);
        this.client = new JerseyClientBuilder()
                .withConfig(config)
                .executorService(filters.threads())
                .build();
    }

    @Override
    public UpstreamCall send(UpstreamRequest request, Listener listener) {
        Handover handover = new Handover(request);
        Invocation.Builder builder = client.target(request.uri()).request().property(Handover.PROPERTY, handover);
        request.headers().forEach(builder::header);
        var unused = invocation(builder, request).submit(new Callback(handover, listener));
        return handover.call;
    }

    @Override
    public void close() {
        // The transport first: what it aborts is still reported through Jersey.
        LifeCycle.stop(transport);
        client.close();
    }

    private static Invocation invocation(Invocation.Builder builder, UpstreamRequest request) {
        return request.body().length() == 0
                ? builder.build(request.method())
                : builder.build(request.method(), Entity.entity(request.body(), MediaType.APPLICATION_JSON_TYPE));
    }

    private record Callback(Handover handover, Listener listener) implements InvocationCallback<Response> {
        @Override
        public void completed(Response response) {
            Content.Source content = handover.content();
            if (content == null) {
                listener.failed(new UpstreamFailure(
                        new IllegalStateException("a request filter answered with " + response.getStatus()
                                + " instead of the provider (expected: filters that only change the request)"),
                        false,
                        false));
                return;
            }
            listener.answered(new UpstreamResponse(response.getStatus(), response.getStringHeaders(), false, content));
        }

        @Override
        public void failed(Throwable throwable) {
            listener.failed(TransmissionFailure.unwrap(throwable));
        }
    }
}
