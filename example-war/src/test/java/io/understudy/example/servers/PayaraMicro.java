package io.understudy.example.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Payara Micro: one jar, the lightest server whose own Jersey takes the place of ours. */
record PayaraMicro(String name, String version, ServerCache cache) implements AppServer {
    /** Listens on the loopback address alone, and a group is the role of the same name. */
    private static final String BEFORE_BOOT =
            """
            set configs.config.server-config.network-config.network-listeners.network-listener.http-listener.address=127.0.0.1
            set configs.config.server-config.security-service.activate-default-principal-to-role-mapping=true
            """;

    @Override
    public Launch prepare(Site site) throws IOException {
        Path jar = cache.home(new Artifact("fish.payara.extras", "payara-micro", version, "jar"));
        Path temporary = Files.createDirectories(site.base().resolve("tmp"));
        Path commands = Files.writeString(site.base().resolve("before-boot.txt"), BEFORE_BOOT);
        Path accounts = Files.writeString(site.base().resolve("after-boot.txt"), accounts(site.base()));
        List<String> command = new ArrayList<>(List.of(
                site.java(),
                "-Xmx512m",
                "-Djava.io.tmpdir=" + temporary,
                site.configurationOption(),
                "-jar",
                jar.toString(),
                // With --nocluster beside it Hazelcast starts all the same and listens on every address.
                "--nohazelcast",
                "--port",
                String.valueOf(site.port()),
                "--prebootcommandfile",
                commands.toString(),
                "--postbootcommandfile",
                accounts.toString()));
        for (Deployment deployment : site.deployments()) {
            command.add("--deploy");
            command.add(deployment.copyInto(site.base().resolve("apps")).toString());
        }
        return new Launch(command, Map.of());
    }

    private static String accounts(Path base) throws IOException {
        StringBuilder commands = new StringBuilder();
        for (Account account : Account.ALL) {
            Path password = base.resolve(account.name() + ".password");
            Files.writeString(password, "AS_ADMIN_USERPASSWORD=" + account.password());
            commands.append("create-file-user --groups %s --passwordfile %s %s%n"
                    .formatted(account.role(), password, account.name()));
        }
        return commands.toString();
    }

    @Override
    public Optional<String> jaxRs() {
        return Optional.of("org.glassfish.jersey.");
    }

    @Override
    public List<Pattern> ownWarnings() {
        return List.of(
                Pattern.compile("Payara Micro Runtime directory is located in a temporary file location"),
                GlassFish.EXPIRED_CERTIFICATE);
    }
}
