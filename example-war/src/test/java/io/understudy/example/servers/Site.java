package io.understudy.example.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;

/**
 * What one server gets for one run.
 *
 * @param base a directory of its own, for everything it writes
 * @param configuration the file named by the system property {@code understudy.config}
 * @param port where it listens, on the loopback address only
 * @param deployments what it serves
 * @param jdk what it runs on
 */
record Site(Path base, Path configuration, int port, List<Deployment> deployments, Jdk jdk) {
    Site {
        deployments = List.copyOf(deployments);
    }

    /** The {@code java} that runs the server. */
    String java() {
        return jdk.program("java");
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
