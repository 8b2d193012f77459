package io.understudy.example.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Eclipse Jetty from its zip, with a {@code JETTY_BASE} of its own.
 *
 * @param environment of the web applications: {@code ee10} or {@code ee11}
 */
record Jetty(String name, String version, String environment, ServerCache cache) implements AppServer {
    private static final String REALM =
            """
            <?xml version="1.0"?>
            <!DOCTYPE Configure PUBLIC "-//Jetty//Configure//EN" "https://jetty.org/configure_10_0.dtd">
            <Configure id="Server" class="org.eclipse.jetty.server.Server">
              <Call name="addBean">
                <Arg>
                  <New class="org.eclipse.jetty.security.HashLoginService">
                    <Set name="name">gate</Set>
                    <Set name="userStore">
                      <New class="org.eclipse.jetty.security.UserStore">
            %s
                      </New>
                    </Set>
                  </New>
                </Arg>
              </Call>
            </Configure>
            """;

    private static final String USER =
            """
                        <Call name="addUser">
                          <Arg>%s</Arg>
                          <Arg><New class="org.eclipse.jetty.util.security.Password"><Arg>%s</Arg></New></Arg>
                          <Arg><Array type="String"><Item>%s</Item></Array></Arg>
                        </Call>""";

    @Override
    public Launch prepare(Site site) throws IOException {
        Path home = cache.home(new Artifact("org.eclipse.jetty", "jetty-home", version, "zip"));
        Path base = site.base();
        Files.writeString(Files.createDirectories(base.resolve("etc")).resolve("realm.xml"), realm());
        Files.createDirectories(base.resolve("environments"));
        Files.createDirectories(base.resolve("resources"));
        Files.writeString(Files.createDirectories(base.resolve("start.d")).resolve("gate.ini"), modules());
        for (Deployment deployment : site.deployments()) {
            deployment.copyInto(base.resolve("webapps"));
        }
        return Launch.of(
                site.java(),
                "-Xmx512m",
                site.configurationOption(),
                "-jar",
                home.resolve("start.jar").toString(),
                "jetty.base=" + base,
                // Looks for new and vanished WARs every second.
                "jetty.deploy.scanInterval=1",
                "jetty.http.host=127.0.0.1",
                "jetty.http.port=" + site.port());
    }

    @Override
    public Optional<String> hotFolder() {
        return Optional.of("webapps");
    }

    private String modules() {
        return "--module=server,http,%1$s-deploy,%1$s-annotations%netc/realm.xml%n".formatted(environment);
    }

    private static String realm() {
        return REALM.formatted(Account.ALL.stream()
                .map(account -> USER.formatted(account.name(), account.password(), account.role()))
                .collect(Collectors.joining("\n")));
    }
}
