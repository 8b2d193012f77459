package io.understudy.example.servers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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
        addAccounts(base.resolve("configuration"));
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

    /** What {@code add-user.sh -a} writes. */
    private static void addAccounts(Path configuration) throws IOException {
        for (Account account : Account.ALL) {
            String secret = "%s:ApplicationRealm:%s".formatted(account.name(), account.password());
            append(configuration.resolve("application-users.properties"), account.name(), md5(secret));
            append(configuration.resolve("application-roles.properties"), account.name(), account.role());
        }
    }

    private static void append(Path properties, String key, String value) throws IOException {
        Files.writeString(properties, "%n%s=%s%n".formatted(key, value), StandardOpenOption.APPEND);
    }

    private static String md5(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Optional<String> jaxRs() {
        return Optional.of("org.jboss.resteasy.");
    }

    @Override
    public Optional<String> hotFolder() {
        return Optional.of("standalone/deployments");
    }

    @Override
    public List<Pattern> ownWarnings() {
        return List.of(
                // The transaction manager's node identifier and the key store for https have default values.
                Pattern.compile("WFLYTX0013"),
                Pattern.compile("WFLYELY00023"),
                Pattern.compile("WFLYELY01084"),
                // After a write that has failed Undertow writes once more what it could not, in its own thread: of a
                // caller who has left in the middle of a stream. No call of the Servlet API keeps it from that.
                Pattern.compile("UT005088: Failed to execute ServletOutputStream.closeAsync\\(\\) on IO thread: "
                        + "java.(nio.channels.ClosedChannelException|io.IOException: (Broken pipe|Connection reset))"),
                // Asked for the application that is just being undeployed.
                Pattern.compile("UT005023: Exception handling request to " + Guests.CONTEXT + "/v1/models: "
                        + ".*UT010051: Deployment probe.war has stopped"),
                // The newest JDK about a class of WildFly's.
                Pattern.compile("WARNING: A terminally deprecated method in sun.misc.Unsafe has been called"),
                Pattern.compile("WARNING: sun.misc.Unsafe::\\w+ has been called by org.wildfly."),
                Pattern.compile("WARNING: Please consider reporting this to the maintainers of class org.wildfly."),
                Pattern.compile("WARNING: sun.misc.Unsafe::\\w+ will be removed in a future release"),
                // Jersey's jars hold CDI annotations and no beans.xml; in the WAR itself the descriptor switches CDI
                // off.
                Pattern.compile("WFLYWELD0013: Deployment \"?foreign-(with-filter|synchronous).war"));
    }
}
