package io.understudy.example.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What one server gets for one run.
 *
 * @param base a directory of its own, for everything it writes
 * @param configuration the file named by the system property {@code understudy.config}
 * @param port where it listens, on the loopback address only
 * @param deployments what it serves
 */
record Site(Path base, Path configuration, int port, List<Deployment> deployments) {
    Site {
        deployments = List.copyOf(deployments);
    }

    /** The JDK that runs the server: the system property {@code servers.java}, else the one that runs the tests. */
    static Path javaHome() {
        return Path.of(System.getProperty("servers.java", System.getProperty("java.home")));
    }

    static String java() {
        return javaHome().resolve("bin").resolve("java").toString();
    }

    /** The major version of that JDK, from the file in which every JDK says it. */
    static String javaVersion() {
        try {
            return Files.readAllLines(javaHome().resolve("release")).stream()
                    .filter(line -> line.startsWith("JAVA_VERSION="))
                    .map(line -> line.replaceAll("\\D*(\\d+).*", "$1"))
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The option that tells the WAR its configuration. */
    String configurationOption() {
        return "-Dunderstudy.config=" + configuration;
    }

    /** A port of the loopback address that nobody listened on a moment ago. */
    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
