package io.understudy.example.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What is deployed into each server: the WAR twice, and somebody else's application without and with the filter. */
final class Guests {
    static final String ROOT = "";
    static final String CONTEXT = "/probe";

    /** What the context paths of those who have nothing to do with all this begin with. */
    static final String BYSTANDER = "/bystander";

    static final String FOREIGN = "/foreign";
    static final String FOREIGN_WITH_FILTER = "/foreign-with-filter";

    /** With the filter behind one of its own that knows nothing of asynchronous requests. */
    static final String FOREIGN_SYNCHRONOUS = "/foreign-synchronous";

    static final String CHAT = "/v1/chat/completions";
    static final String OWN = "/own";
    static final String PAGE = "/page.txt";
    static final String OWNERS = "/api/jax-rs";

    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;

    private Guests() {}

    static List<Deployment> of(AppServer server, Path understudyWar, Path directory) throws IOException {
        List<Deployment> guests = new ArrayList<>();
        guests.add(new Deployment(understudyWar, ROOT, CHAT, BAD_REQUEST));
        if (server.isContainer()) {
            guests.add(underContext(understudyWar));
            guests.addAll(foreign(new ForeignWar(understudyWar, server.jaxRs().isPresent()), directory));
        }
        return guests;
    }

    static Deployment underContext(Path understudyWar) {
        return new Deployment(understudyWar, CONTEXT, CHAT, BAD_REQUEST);
    }

    /** Somebody who has nothing to do with any of them, to come later. */
    static Deployment bystander(Path directory, String context) throws IOException {
        return new Deployment(ForeignWar.bystander(directory.resolve("bystander.war")), context, OWN, OK);
    }

    private static List<Deployment> foreign(ForeignWar war, Path directory) throws IOException {
        Files.createDirectories(directory);
        return List.of(
                new Deployment(war.alone(directory.resolve("alone.war")), FOREIGN, OWN, OK),
                new Deployment(war.withFilter(directory.resolve("with.war"), true), FOREIGN_WITH_FILTER, OWN, OK),
                new Deployment(war.withFilter(directory.resolve("behind.war"), false), FOREIGN_SYNCHRONOUS, OWN, OK));
    }
}
