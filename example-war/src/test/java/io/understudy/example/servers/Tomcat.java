package io.understudy.example.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Apache Tomcat from its zip, with a {@code CATALINA_BASE} of its own. */
record Tomcat(String name, String version, ServerCache cache) implements AppServer {
    @Override
    public Launch prepare(Site site) throws IOException {
        Path home = cache.home(new Artifact("org.apache.tomcat", "tomcat", version, "zip"));
        Path base = site.base();
        Directories.copy(home.resolve("conf"), base.resolve("conf"));
        Files.writeString(base.resolve("conf").resolve("tomcat-users.xml"), users());
        listenOn(site.port(), base.resolve("conf").resolve("server.xml"));
        for (String directory : List.of("logs", "temp", "work")) {
            Files.createDirectory(base.resolve(directory));
        }
        for (Deployment deployment : site.deployments()) {
            deployment.copyInto(base.resolve("webapps"));
        }
        return new Launch(
                List.of("sh", home.resolve("bin").resolve("catalina.sh").toString(), "run"),
                Map.of("CATALINA_BASE", base.toString(), "CATALINA_OPTS", "-Xmx512m " + site.configurationOption()));
    }

    @Override
    public Optional<String> hotFolder() {
        return Optional.of("webapps");
    }

    /** What {@code tomcat-users.xml} says. */
    static String users() {
        return Account.ALL.stream()
                .map(account -> "<user username=\"%s\" password=\"%s\" roles=\"%s\"/>"
                        .formatted(account.name(), account.password(), account.role()))
                .collect(Collectors.joining("\n", "<tomcat-users>\n", "\n</tomcat-users>\n"));
    }

    /** Moves the connector, switches the shutdown port off, and has it look for new and vanished WARs every second. */
    private static void listenOn(int port, Path serverXml) throws IOException {
        String shipped = Files.readString(serverXml);
        Files.writeString(
                serverXml,
                shipped.replace("port=\"8005\"", "port=\"-1\"")
                        .replace("<Engine ", "<Engine backgroundProcessorDelay=\"1\" ")
                        .replace("port=\"8080\"", "port=\"%d\" address=\"127.0.0.1\"".formatted(port)));
    }
}
