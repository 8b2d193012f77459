package io.understudy.example.servers;

import java.util.List;
import java.util.stream.Stream;

/** The servers the gate knows. */
final class AppServers {
    private static final ServerCache CACHE = ServerCache.ofThisMachine();

    private static final Tomcat TOMCAT = new Tomcat("tomcat11", "11.0.24", CACHE);
    private static final Jetty JETTY = new Jetty("jetty12.1-ee11", "12.1.12", "ee11", CACHE);
    private static final WildFly WILDFLY = new WildFly("wildfly", "39.0.1.Final", CACHE);

    private static final List<AppServer> KNOWN = List.of(
            new JavaJar(),
            new Tomcat("tomcat10", "10.1.59", CACHE),
            TOMCAT,
            new OnNewestJdk(TOMCAT),
            new Jetty("jetty12.0", "12.0.31", "ee10", CACHE),
            new Jetty("jetty12.1-ee10", "12.1.12", "ee10", CACHE),
            JETTY,
            new OnNewestJdk(JETTY),
            new GlassFish("glassfish7", glassFish("7.0.21"), CACHE),
            new GlassFish("glassfish8", glassFish("8.0.0-JDK17-M12"), CACHE),
            new GlassFish("payara6", new Artifact("fish.payara.distributions", "payara", "6.2025.9", "zip"), CACHE),
            new PayaraMicro("payara-micro", "6.2025.10", CACHE),
            WILDFLY,
            new OnNewestJdk(WILDFLY),
            new TomEE("tomee10", "10.0.0-M2", CACHE),
            new Liberty("liberty-servlet", "26.0.0.3", "servlet-6.0", CACHE),
            new Liberty("liberty-webprofile", "26.0.0.3", "webProfile-10.0", CACHE));

    private AppServers() {}

    private static Artifact glassFish(String version) {
        return new Artifact("org.glassfish.main.distributions", "glassfish", version, "zip");
    }

    /** Those named by the system property {@code servers}, separated by commas; all of them when it names none. */
    static List<AppServer> chosen() {
        List<String> names = Stream.of(System.getProperty("servers", "").split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
        return names.isEmpty() ? KNOWN : names.stream().map(AppServers::named).toList();
    }

    private static AppServer named(String name) {
        return KNOWN.stream()
                .filter(server -> server.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("servers: %s (expected: any of %s)"
                        .formatted(name, KNOWN.stream().map(AppServer::name).toList())));
    }
}
