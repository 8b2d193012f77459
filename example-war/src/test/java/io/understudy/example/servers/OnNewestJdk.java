package io.understudy.example.servers;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The same server on the newest JDK that is installed, where there is a newer one. */
record OnNewestJdk(AppServer server) implements AppServer {
    @Override
    public String name() {
        return server.name() + "-newest";
    }

    @Override
    public String version() {
        return server.version();
    }

    @Override
    public Optional<Jdk> jdk() {
        return Jdk.newer();
    }

    @Override
    public Launch prepare(Site site) throws IOException {
        return server.prepare(site);
    }

    @Override
    public boolean isContainer() {
        return server.isContainer();
    }

    @Override
    public Optional<String> jaxRs() {
        return server.jaxRs();
    }

    @Override
    public Optional<String> hotFolder() {
        return server.hotFolder();
    }

    @Override
    public List<Integer> orderlyExits() {
        return server.orderlyExits();
    }

    @Override
    public List<Pattern> ownWarnings() {
        return server.ownWarnings();
    }
}
