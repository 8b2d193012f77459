package io.understudy.example.servers;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A kind of application server: how it is set up in a directory of its own and started there. */
interface AppServer {
    /** The name {@code -Dservers} picks it by. */
    String name();

    String version();

    /** Lays out the site, with everything deployed, and says how to start it in the foreground. */
    Launch prepare(Site site) throws IOException;

    /** The JDK it is to run on, if there is such a one. */
    default Optional<Jdk> jdk() {
        return Optional.of(Jdk.chosen());
    }

    /** Whether it serves several WARs, each under a context path. */
    default boolean isContainer() {
        return true;
    }

    /** The package of the server's own JAX-RS implementation, if it has one. */
    default Optional<String> jaxRs() {
        return Optional.empty();
    }

    /** Where, below the site's base, the server looks for WARs that come and go while it runs, if it does. */
    default Optional<String> hotFolder() {
        return Optional.empty();
    }

    /** The exit codes with which it answers SIGTERM when all is well. */
    default List<Integer> orderlyExits() {
        return List.of(0, 128 + 15);
    }

    /** Warnings that say nothing about the WAR, each with its reason. */
    default List<Pattern> ownWarnings() {
        return List.of();
    }
}
