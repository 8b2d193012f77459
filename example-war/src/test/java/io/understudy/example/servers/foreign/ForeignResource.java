package io.understudy.example.servers.foreign;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.RuntimeDelegate;
import java.security.CodeSource;
import java.util.Optional;

/** Tells whose JAX-RS the foreign application runs on. */
@Path("/jax-rs")
public class ForeignResource {
    /** The classes behind JAX-RS's three doors, each with where it was loaded from. */
    @GET
    @Produces(MediaType.TEXT_PLAIN)
    public String owners() {
        Client client = ClientBuilder.newClient();
        try {
            return String.join(
                    "\n",
                    owner("client", client),
                    owner("delegate", RuntimeDelegate.getInstance()),
                    owner("response", Response.ok().build()));
        } finally {
            client.close();
        }
    }

    private static String owner(String door, Object object) {
        Class<?> type = object.getClass();
        return "%s %s from %s".formatted(door, type.getName(), location(type));
    }

    private static String location(Class<?> type) {
        return Optional.ofNullable(type.getProtectionDomain().getCodeSource())
                .map(CodeSource::getLocation)
                .map(Object::toString)
                .orElse("nowhere");
    }
}
