package io.understudy.servlet.config;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * The certificates that alone vouch for a provider, {@code trustStore}: in place of the platform's, not beside them.
 *
 * @param path the file they were read from
 */
public record TrustStore(String path, List<X509Certificate> certificates) {
    /** Copies the list. */
    public TrustStore {
        certificates = List.copyOf(certificates);
    }

    @Override
    public String toString() {
        return "TrustStore[path=" + path + ", certificates=" + certificates.size() + "]";
    }
}
