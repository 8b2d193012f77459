package io.understudy.example.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Open Liberty with one feature switched on. */
record Liberty(String name, String version, String feature, ServerCache cache) implements AppServer {
    private static final String SERVER = "gate";
    private static final String DROP_INS = "dropins";

    @Override
    public Launch prepare(Site site) throws IOException {
        Path home = cache.home(new Artifact("io.openliberty", "openliberty-runtime", version, "zip"));
        Path server = Files.createDirectories(site.base().resolve("servers").resolve(SERVER));
        StringBuilder applications = new StringBuilder();
        for (Deployment deployment : site.deployments()) {
            if (deployment.context().equals(Guests.CONTEXT)) {
                deployment.copyInto(server.resolve(DROP_INS));
            } else {
                deployment.copyInto(server.resolve("apps"));
                applications.append(application(deployment));
            }
        }
        Files.writeString(server.resolve("server.xml"), serverXml(site.port(), applications));
        Files.writeString(server.resolve("jvm.options"), "-Xmx512m\n" + site.configurationOption() + "\n");
        return new Launch(
                List.of("sh", home.resolve("bin").resolve("server").toString(), "run", SERVER),
                Map.of("WLP_USER_DIR", site.base().toString()));
    }

    @Override
    public Optional<String> hotFolder() {
        return Optional.of("servers/" + SERVER + "/" + DROP_INS);
    }

    @Override
    public Optional<String> jaxRs() {
        return feature.startsWith("servlet") ? Optional.empty() : Optional.of("org.jboss.resteasy.");
    }

    @Override
    public List<Pattern> ownWarnings() {
        return List.of(
                // It looks through the jars of the foreign application, which also bring the admin servlet's Jersey,
                // for
                // JAX-RS applications, and finds a class there that nobody has mapped.
                Pattern.compile("UNMAPPED_APPLICATION_CWWKW1302W"),
                // What the foreign application's own proxy throws, when it is cut, it logs before it passes it on to
                // us.
                Pattern.compile("SRVE0777E: Exception thrown by application class 'sun\\.nio\\.ch\\.NioSocketImpl"),
                Pattern.compile("^(Exception = |Stack Dump = )?(java\\.net\\.SocketException"
                        + "|com\\.ibm\\.ws\\.webcontainer\\.webapp\\.WebAppErrorReport)(: .*Connection reset|$)"),
                // Asked whether the foreign filter's stream knows listeners: once, of each application.
                Pattern.compile(
                        "SRVE9007E: An attempt to set a WriteListener failed because the associated request does"
                                + " not have async started"),
                // Asked for an application that has just been undeployed, or not been deployed yet.
                Pattern.compile("SRVE0190E: File not found: (" + Guests.CONTEXT + "/v1/|" + Guests.BYSTANDER + ")"));
    }

    private String serverXml(int port, CharSequence applications) {
        return """
                <server>
                  <featureManager><feature>%s</feature><feature>appSecurity-5.0</feature></featureManager>
                  <basicRegistry>%s</basicRegistry>
                  <httpEndpoint id="defaultHttpEndpoint" host="127.0.0.1" httpPort="%d" httpsPort="-1"/>
                %s</server>
                """
                .formatted(feature, users(), port, applications);
    }

    private static String users() {
        return Account.ALL.stream()
                .map(account -> "<user name=\"%s\" password=\"%s\"/>".formatted(account.name(), account.password()))
                .collect(Collectors.joining());
    }

    private static String application(Deployment deployment) {
        return """
                  <webApplication location="%s" contextRoot="%s">
                    <application-bnd><security-role name="%s"><user name="%s"/></security-role></application-bnd>
                  </webApplication>
                """
                .formatted(
                        deployment.fileName(),
                        deployment.context().isEmpty() ? "/" : deployment.context(),
                        Account.CALLER.role(),
                        Account.CALLER.name());
    }
}
