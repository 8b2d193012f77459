package io.understudy.servlet.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * A string that is never printed: a provider's credential, a caller's key. {@link #toString()} is always {@code ***};
 * two secrets are compared without the time telling how much of them is alike.
 */
public final class Secret {
    private final String value;

    /** Wraps the secret {@code value}. */
    public Secret(String value) {
        this.value = requireNonNull(value);
    }

    /** The secret itself, for the one place that sends or compares it. */
    public String value() {
        return value;
    }

    /** Whether there is nothing in it. */
    boolean isEmpty() {
        return value.isEmpty();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secret secret
                && MessageDigest.isEqual(value.getBytes(UTF_8), secret.value.getBytes(UTF_8));
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }
}
