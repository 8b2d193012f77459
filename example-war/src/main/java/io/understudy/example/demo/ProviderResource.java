package io.understudy.example.demo;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletionStage;
import org.glassfish.jersey.process.Inflector;
import org.glassfish.jersey.server.model.Resource;

/** One dialect of one simulated provider, as a resource. Not a lambda: Jersey reads the types from the class. */
final class ProviderResource implements Inflector<ContainerRequestContext, CompletionStage<Response>> {
    /** Callers that want a stream may ask for JSON, and others for anything; {@code *}{@code /*} alone counts as nothing. */
    private static final String[] ANYTHING = {
        MediaType.APPLICATION_JSON, MediaType.SERVER_SENT_EVENTS, MediaType.WILDCARD
    };

    private final SimulatedProvider provider;
    private final WireFormat wire;
    private final Player player;

    private ProviderResource(SimulatedProvider provider, WireFormat wire, Player player) {
        this.provider = provider;
        this.wire = wire;
        this.player = player;
    }

    static Resource at(SimulatedProvider provider, WireFormat wire, Player player) {
        Resource.Builder resource = Resource.builder(provider.name() + "/" + wire.path());
        resource.addMethod("POST").produces(ANYTHING).handledBy(new ProviderResource(provider, wire, player));
        return resource.build();
    }

    @Override
    public CompletionStage<Response> apply(ContainerRequestContext request) {
        try {
            return player.play(provider.respond(wire, request.getEntityStream().readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
