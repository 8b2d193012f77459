package io.understudy.example.servers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** WildFly with its default configuration and a base directory of its own. */
record WildFly(String name, String version, ServerCache cache) implements AppServer {
    @Override
    public Launch prepare(Site site) throws IOException {
        Path home = cache.home(new Artifact("org.wildfly", "wildfly-dist", version, "zip"));
        Path base = site.base().resolve("standalone");
        Directories.copy(home.resolve("standalone"), base);
        for (Deployment deployment : site.deployments()) {
            deployment.copyInto(base.resolve("deployments"));
        }
        return new Launch(
                List.of(
                        "sh",
                        home.resolve("bin").resolve("standalone.sh").toString(),
                        "-Djboss.server.base.dir=" + base,
                        "-Djboss.http.port=" + site.port(),
                        "-Djboss.https.port=" + Site.freePort(),
                        "-Djboss.management.http.port=" + Site.freePort(),
                        "-b",
                        "127.0.0.1",
                        "-bmanagement",
                        "127.0.0.1",
                        site.configurationOption()),
                // Without it the script does not hand a signal on to the server.
                Map.of("LAUNCH_JBOSS_IN_BACKGROUND", "1"));
    }

    @Override
    public Optional<String> jaxRs() {
        return Optional.of("org.jboss.resteasy.");
    }

    @Override
    public List<Pattern> ownWarnings() {
        return List.of(
                // The transaction manager's node identifier and the key store for https have default values.
                Pattern.compile("WFLYTX0013"),
                Pattern.compile("WFLYELY00023"),
                Pattern.compile("WFLYELY01084"),
                // Jersey's jars hold CDI annotations and no beans.xml; in the WAR itself the descriptor switches CDI
                // off.
                Pattern.compile("WFLYWELD0013: Deployment foreign-with-filter.war "));
    }
}
