package io.understudy.servlet.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.understudy.servlet.config.Surroundings.Opener;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Validates a provider's {@code trustStore} and reads the certificates in it: PEM, PKCS#12 or JKS. */
final class TrustStoreSection {
    private static final int MAX_BYTES = 4 << 20;
    private static final String EXPECTED =
            "a readable file with certificates in PEM, or a PKCS#12 or JKS key store with certificates and its password";

    private final Section section;
    private final Opener files;
    private final Problems problems;

    TrustStoreSection(Section section, Opener files, Problems problems) {
        this.section = section;
        this.files = files;
        this.problems = problems;
    }

    /** The certificates; empty if there are none, which is a problem if some were asked for. */
    Optional<TrustStore> read(ConfigFile.@Nullable TrustStore wire) {
        if (wire == null) {
            return Optional.empty();
        }
        String path = wire.path();
        if (path == null) {
            problems.missing(section.at("path"), EXPECTED);
            return Optional.empty();
        }
        try {
            List<X509Certificate> certificates = certificates(content(path), wire.password());
            if (!certificates.isEmpty()) {
                return Optional.of(new TrustStore(path, certificates));
            }
        } catch (IOException | GeneralSecurityException | IllegalArgumentException unusable) {
            // Said below, without the exception's message, which may be about the password.
        }
        problems.add(section.at("path"), EXPECTED);
        return Optional.empty();
    }

    private byte[] content(String path) throws IOException {
        try (InputStream file = files.open(path)) {
            if (file == null) {
                throw new IOException("no such file");
            }
            return file.readNBytes(MAX_BYTES);
        }
    }

    private static List<X509Certificate> certificates(byte[] content, @Nullable Secret password)
            throws IOException, GeneralSecurityException {
        boolean pem = new String(content, ISO_8859_1).contains("-----BEGIN CERTIFICATE-----");
        return (pem ? inPem(content) : inKeyStore(content, password))
                .stream()
                        .filter(X509Certificate.class::isInstance)
                        .map(X509Certificate.class::cast)
                        .toList();
    }

    private static Collection<? extends Certificate> inPem(byte[] content) throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(content));
    }

    private static Collection<Certificate> inKeyStore(byte[] content, @Nullable Secret password)
            throws IOException, GeneralSecurityException {
        // Reads JKS, too.
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(
                new ByteArrayInputStream(content),
                password == null ? null : password.value().toCharArray());
        List<Certificate> certificates = new ArrayList<>();
        for (String alias : Collections.list(store.aliases())) {
            certificates.add(store.getCertificate(alias));
        }
        return certificates;
    }
}
