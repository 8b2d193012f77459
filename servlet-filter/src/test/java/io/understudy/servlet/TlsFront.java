package io.understudy.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A TLS endpoint on the loopback address with a certificate of its own, in front of a server without TLS. */
final class TlsFront implements AutoCloseable {
    static final String PASSWORD = "store-password";

    private final Relays relays;

    private TlsFront(Relays relays) {
        this.relays = relays;
    }

    /**
     * An endpoint.
     *
     * @param keyStore a PKCS#12 file with its key and certificate
     * @param port where the server behind it listens
     */
    static TlsFront start(Path keyStore, int port) {
        try {
            return new TlsFront(Relays.start(
                    context(keyStore)
                            .getServerSocketFactory()
                            .createServerSocket(0, 50, InetAddress.getLoopbackAddress()),
                    client -> new Socket(InetAddress.getLoopbackAddress(), port)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A key and a certificate that it signs itself, in a PKCS#12 file, and the certificate beside it in PEM.
     *
     * @param names what the certificate is for, such as {@code ip:127.0.0.1}
     */
    static Path selfSigned(Path folder, String names) throws IOException, InterruptedException {
        Path store = folder.resolve("self-signed.p12");
        keytool("-genkeypair", "-keyalg", "EC", "-dname", "CN=provider", "-ext", "san=" + names, "-keystore", store);
        keytool("-exportcert", "-rfc", "-keystore", store, "-file", pem(store));
        return store;
    }

    /** The certificate of such a file in PEM. */
    static Path pem(Path store) {
        return store.resolveSibling("self-signed.pem");
    }

    int port() {
        return relays.port();
    }

    @Override
    public void close() {
        relays.close();
    }

    private static void keytool(Object... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        command.addAll(List.of("-storetype", "PKCS12", "-alias", "provider", "-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(said);
        }
    }

    private static SSLContext context(Path keyStore) throws IOException {
        try (var content = Files.newInputStream(keyStore)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(content, PASSWORD.toCharArray());
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
