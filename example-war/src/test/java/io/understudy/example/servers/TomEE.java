package io.understudy.example.servers;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** TomEE embedded: the jars of the server with a {@code main} that deploys what it is told. */
record TomEE(String name, String version, ServerCache cache) implements AppServer {
    /** What SAML needs for SOAP; the first of them is not in Maven Central. */
    private static final List<String> LEFT_OUT =
            List.of("org.opensaml", "org.apache.wss4j", "net.shibboleth", "net.shibboleth.utilities");

    private static final String WEBAPPS = "webapps";

    private static final String SERVER_XML =
            """
            <Server port="-1">
              <Listener className="org.apache.tomee.catalina.ServerListener"/>
              <Service name="Catalina">
                <Connector port="%d" address="127.0.0.1"/>
                <Engine name="Catalina" defaultHost="localhost" backgroundProcessorDelay="1">
                  <Realm className="org.apache.catalina.realm.MemoryRealm" pathname="%s"/>
                  <Host name="localhost" appBase="%s"/>
                </Engine>
              </Service>
            </Server>
            """;

    @Override
    public Launch prepare(Site site) throws IOException {
        Path jars = cache.libraries(new Artifact("org.apache.tomee", "tomee-embedded", version, "jar"), LEFT_OUT);
        Path base = site.base();
        Path users = Files.writeString(base.resolve("users.xml"), Tomcat.users());
        Path serverXml = Files.writeString(
                base.resolve("server.xml"), SERVER_XML.formatted(site.port(), users, base.resolve(WEBAPPS)));
        List<String> command = new ArrayList<>(List.of(
                site.java(),
                "-Xmx512m",
                "-javaagent:" + jars.resolve("openejb-javaagent-" + version + ".jar"),
                "-Djava.io.tmpdir=" + Files.createDirectories(base.resolve("tmp")),
                "-Djava.util.logging.SimpleFormatter.format=%1$tT %4$s %3$s %5$s%6$s%n",
                site.configurationOption(),
                // As its archive's catalina.sh does.
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
                "--add-opens=java.base/java.io=ALL-UNNAMED",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
                "--add-opens=java.rmi/sun.rmi.transport=ALL-UNNAMED",
                "-classpath",
                jars + File.separator + "*",
                "org.apache.tomee.embedded.Main",
                "--directory=" + base.resolve("tomee"),
                "--serverxml=" + serverXml,
                "--port=" + site.port()));
        for (Deployment deployment : site.deployments()) {
            deployment.copyInto(base.resolve(WEBAPPS));
        }
        return new Launch(command, Map.of());
    }

    @Override
    public Optional<String> hotFolder() {
        return Optional.of(WEBAPPS);
    }

    @Override
    public Optional<String> jaxRs() {
        return Optional.of("org.apache.cxf.jaxrs.");
    }

    @Override
    public List<Pattern> ownWarnings() {
        return List.of(
                // Velocity, of its own configuration.
                Pattern.compile("configuration key '[\\w.]+' has been deprecated in favor of"),
                // Its Tomcat ends a request by itself, of a caller who has left, just after that has been done.
                Pattern.compile("CoyoteAdapter Exception while processing an asynchronous request\\s+"
                        + "java.lang.IllegalStateException: Calling \\[asyncComplete\\(\\)] is not valid for a request "
                        + "with Async state \\[COMPLETING]\\s+(at .+\\s+)+at [\\w.]+AsyncContextImpl.setErrorState"));
    }
}
