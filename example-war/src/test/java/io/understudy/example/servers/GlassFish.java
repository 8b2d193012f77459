package io.understudy.example.servers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** GlassFish and what has come of it, Payara Server: from the zip, with a copy of {@code domain1} of its own. */
record GlassFish(String name, Artifact artifact, ServerCache cache) implements AppServer {
    /**
     * It plans one turn more for a read listener than it has news for it, and the thread that has this turn may find the
     * request over. Payara Server logs the thread and its exception each by itself.
     */
    static final Pattern LATE_READ =
            Pattern.compile("Exception in thread \"glassfish-web-async-thread-\\d+\" (\\]\\]|\\|#\\])"
                    + "|NullPointerException: Cannot invoke \"org.apache.catalina.Context.getLoader\\(\\)\".*\\s+"
                    + "at org.apache.catalina.connector.InputBuffer\\$ReadHandlerImpl\\.process");

    /** Certificates of the trust store that the server brings which have expired. */
    static final Pattern EXPIRED_CERTIFICATE =
            Pattern.compile("NCLS-SECURITY-05054.*\\s+The SSL certificate with alias \\w+( \\[jdk])? has expired");

    private static final String AUTODEPLOY = "domain1/autodeploy";
    private static final int HASH_ROUNDS = 100;
    private static final byte[] SALT = "saltsalt".getBytes(StandardCharsets.UTF_8);

    /** Starts the JVM in the way asadmin would, which would not stay, and deploys when the administration answers. */
    private static final String SCRIPT =
            """
            trap 'kill $server' TERM
            asadmin() { bash '%1$s/bin/asadmin' --port %2$d "$@"; }
            asadmin start-domain --dry-run --domaindir '%3$s' domain1 > command.txt
            set -- "$JAVA_HOME/bin/java" '%4$s'
            while IFS= read -r word; do case "$word" in ''|Dump*|Command*|*/java) ;; *) set -- "$@" "$word" ;; esac; done < command.txt
            "$@" < /dev/null &
            server=$!
            until asadmin list-applications > /dev/null 2>&1; do kill -0 $server || exit 1; sleep 1; done
            %5$s
            wait $server
            wait $server
            """;

    @Override
    public String version() {
        return artifact.version();
    }

    @Override
    public Launch prepare(Site site) throws IOException {
        Path home = cache.home(artifact);
        Path domain = site.base().resolve("domain1");
        Directories.copy(home.resolve("glassfish").resolve("domains").resolve("domain1"), domain);
        int administration = Site.freePort();
        Path configuration = domain.resolve("config");
        listenOn(site.port(), administration, configuration.resolve("domain.xml"));
        Files.writeString(configuration.resolve("keyfile"), accounts());
        Path script = site.base().resolve("run.sh");
        Files.writeString(
                script,
                SCRIPT.formatted(home, administration, site.base(), site.configurationOption(), deployments(site)));
        return Launch.of("sh", script.toString());
    }

    @Override
    public Optional<String> hotFolder() {
        return Optional.of(AUTODEPLOY);
    }

    @Override
    public Optional<String> jaxRs() {
        return Optional.of("org.glassfish.jersey.");
    }

    @Override
    public List<Pattern> ownWarnings() {
        return List.of(
                LATE_READ,
                EXPIRED_CERTIFICATE,
                // Its Jersey's first client looks for an executor in JNDI, where it asks itself for services that it
                // lets nobody have: org.glassfish.jersey.client.ClientExecutorProvidersConfigurator.
                Pattern.compile("Check Permission failed in lookup for permission = "
                        + "\\(\"[\\w.]+SecureServiceAccessPermission\" \"security/service/[\\w/]+\"\\)"),
                // Of every application at the root.
                Pattern.compile("Context path from ServletContext:  differs from path from bundle: /"),
                // It ends before its registry for JMX knows of its end.
                Pattern.compile("NCLS-JMX-00011.*\\s+.*\\s+java.rmi.NotBoundException: 127.0.0.1"));
    }

    private static String deployments(Site site) throws IOException {
        StringBuilder commands = new StringBuilder();
        for (Deployment deployment : site.deployments()) {
            if (deployment.context().equals(Guests.CONTEXT)) {
                deployment.copyInto(site.base().resolve(AUTODEPLOY));
            } else {
                Path war = deployment.copyInto(site.base().resolve("apps"));
                String context = deployment.context().isEmpty() ? "/" : deployment.context();
                commands.append("asadmin deploy --contextroot '%s' '%s' || exit 1%n".formatted(context, war));
            }
        }
        return commands.toString();
    }

    private static void listenOn(int port, int administration, Path domainXml) throws IOException {
        String shipped = Files.readString(domainXml);
        Files.writeString(
                domainXml,
                shipped.replace("0.0.0.0", "127.0.0.1")
                        .replace("<network-listener port=\"8080\"", listener(port))
                        .replace("<network-listener port=\"8181\"", listener(Site.freePort()))
                        .replace("<network-listener port=\"4848\"", listener(administration))
                        // For JMX; another run on this machine has one as well.
                        .replace("port=\"8686\"", "port=\"%d\"".formatted(Site.freePort()))
                        .replaceAll(" activate-default-principal-to-role-mapping=\"\\w+\"", "")
                        .replace(
                                "<security-service",
                                "<security-service activate-default-principal-to-role-mapping=\"true\""));
    }

    private static String listener(int port) {
        return "<network-listener address=\"127.0.0.1\" port=\"%d\"".formatted(port);
    }

    /** What {@code asadmin create-file-user} writes: a group is the role of the same name. */
    private static String accounts() {
        return Account.ALL.stream()
                .map(account -> "%s;{SSHA256}%s;%s".formatted(account.name(), hash(account.password()), account.role()))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String hash(String password) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(password.getBytes(StandardCharsets.UTF_8));
            byte[] hashed = digest.digest(SALT);
            for (int round = 1; round < HASH_ROUNDS; round++) {
                hashed = digest.digest(hashed);
            }
            byte[] salted = Arrays.copyOf(hashed, hashed.length + SALT.length);
            System.arraycopy(SALT, 0, salted, hashed.length, SALT.length);
            return Base64.getEncoder().encodeToString(salted);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
