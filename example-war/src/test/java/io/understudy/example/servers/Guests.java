package io.understudy.example.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What is deployed into each server: the WAR twice and, where there is JAX-RS, somebody else's application twice. */
final class Guests {
    static final String ROOT = "";
    static final String CONTEXT = "/probe";
    static final String FOREIGN = "/foreign";
    static final String FOREIGN_WITH_FILTER = "/foreign-with-filter";
    static final String CHAT = "/v1/chat/completions";
    static final String OWNERS = "/api/jax-rs";

    private static final int BAD_REQUEST = 400;
    private static final int METHOD_NOT_ALLOWED = 405;

    private Guests() {}

    static List<Deployment> of(AppServer server, Path understudyWar, Path directory) throws IOException {
        List<Deployment> guests = new ArrayList<>();
        guests.add(new Deployment(understudyWar, ROOT, CHAT, BAD_REQUEST));
        if (server.isContainer()) {
            guests.add(new Deployment(understudyWar, CONTEXT, CHAT, BAD_REQUEST));
        }
        if (server.jaxRs().isPresent()) {
            Files.createDirectories(directory);
            Path alone = ForeignWar.alone(directory.resolve("alone.war"));
            Path withFilter = ForeignWar.withFilter(directory.resolve("with-filter.war"), understudyWar);
            guests.add(new Deployment(alone, FOREIGN, OWNERS, METHOD_NOT_ALLOWED));
            guests.add(new Deployment(withFilter, FOREIGN_WITH_FILTER, OWNERS, METHOD_NOT_ALLOWED));
        }
        return guests;
    }
}
